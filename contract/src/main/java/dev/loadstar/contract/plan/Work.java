package dev.loadstar.contract.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the users of a scenario do in each iteration. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ScenarioPlan.Script.class, name = "script"),
    @JsonSubTypes.Type(value = Requests.class, name = "requests")
})
public sealed interface Work permits ScenarioPlan.Script, Requests {}
