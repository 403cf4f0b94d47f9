package dev.loadstar.contract.plan;

import java.util.List;
import java.util.Map;

/**
 * What requests and scripts can refer to. Of secrets only the names are here, never the values.
 *
 * @param variables for {@code ${env.NAME}}
 * @param secrets for {@code ${secret.NAME}}
 * @param data for {@code ${data.NAME.column}}
 */
public record Inputs(Map<String, String> variables, List<SecretRef> secrets, List<DataPlan> data) {

    public static final Inputs NONE = new Inputs(Map.of(), List.of(), List.of());

    public Inputs {
        variables = Map.copyOf(variables);
        secrets = List.copyOf(secrets);
        data = List.copyOf(data);
    }

    /** The data that the scenario uses, in its order. */
    public List<DataPlan> dataOf(ScenarioPlan scenario) {
        return scenario.data().stream()
                .flatMap(name -> data.stream().filter(one -> one.name().equals(name)))
                .toList();
    }

    /**
     * A secret by its place.
     *
     * @param from where the value is kept, such as {@code project:checkout-token}
     */
    public record SecretRef(String name, String from) {}
}
