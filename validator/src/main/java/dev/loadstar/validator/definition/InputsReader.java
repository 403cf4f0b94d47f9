package dev.loadstar.validator.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.loadstar.contract.plan.DataPlan.OnExhausted;
import dev.loadstar.contract.plan.DataPlan.Order;
import dev.loadstar.contract.plan.DataPlan.Share;
import dev.loadstar.contract.plan.Inputs.SecretRef;
import dev.loadstar.contract.problem.ErrorCode;

/** Reads what scenarios can refer to: {@code secrets} and {@code data}. */
final class InputsReader {

    private static final String PROJECT = "project:[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    private final Problems problems;

    InputsReader(Problems problems) {
        this.problems = problems;
    }

    List<SecretRef> secrets(Place list) {
        var secrets = new ArrayList<SecretRef>();
        Set<String> names = new HashSet<>();
        for (Place place : list.items()) {
            once(place, names);
            String from = place.at("from").text("");
            if (!from.isEmpty() && !from.matches(PROJECT)) {
                problems.add(
                        place.at("from"),
                        ErrorCode.VALUE_INVALID,
                        "`from`: \"%s\" is no place of a secret".formatted(from),
                        "Write project:<name> for a secret that the project keeps");
            }
            secrets.add(new SecretRef(place.at("name").text(""), from));
        }
        return secrets;
    }

    List<Definition.Data> data(Place list) {
        var data = new ArrayList<Definition.Data>();
        Set<String> names = new HashSet<>();
        for (Place place : list.items()) {
            once(place, names);
            data.add(new Definition.Data(
                    place.pointer(),
                    place.at("name").text(""),
                    place.at("file").text(""),
                    delimiter(place.at("delimiter")),
                    columns(place.at("columns")),
                    constant(Share.class, place.at("share"), Share.ALL),
                    constant(Order.class, place.at("order"), Order.SEQUENTIAL),
                    constant(OnExhausted.class, place.at("onExhausted"), OnExhausted.RECYCLE),
                    place.at("sensitive").flag().orElse(false)));
        }
        return data;
    }

    private void once(Place place, Set<String> names) {
        String name = place.at("name").text("");
        if (!name.isEmpty() && !names.add(name)) {
            problems.invalid(place.at("name"), "`%s` stands twice".formatted(name));
        }
    }

    private char delimiter(Place place) {
        String text = place.text(",");
        if (text.length() != 1) {
            return ',';
        }
        char delimiter = text.charAt(0);
        if (delimiter > '~' || delimiter == '"' || (delimiter < ' ' && delimiter != '\t')) {
            problems.invalid(place, "`delimiter`: %s cannot stand between columns".formatted(place.node()));
        }
        return delimiter;
    }

    private List<String> columns(Place list) {
        Set<String> names = new HashSet<>();
        for (Place place : list.items()) {
            place.text()
                    .filter(name -> !names.add(name))
                    .ifPresent(name -> problems.invalid(place, "Two columns are named `%s`".formatted(name)));
        }
        return list.items().stream().flatMap(item -> item.text().stream()).toList();
    }

    /** {@code stopUsers} is STOP_USERS; what the schema does not know it has named already. */
    private static <E extends Enum<E>> E constant(Class<E> type, Place place, E otherwise) {
        String name = place.text("").replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        for (E one : type.getEnumConstants()) {
            if (one.name().equals(name)) {
                return one;
            }
        }
        return otherwise;
    }
}
