package dev.loadstar.executor.gatling;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.gatling.commons.validation.Success;
import io.gatling.commons.validation.Validation;
import io.gatling.core.action.Action;
import io.gatling.core.action.GroupEnd;
import io.gatling.core.action.GroupStart;
import io.gatling.core.action.RequestAction;
import io.gatling.core.scenario.Scenario;
import io.gatling.core.session.Session;
import io.gatling.core.session.Session$;
import io.gatling.http.client.Request;
import io.gatling.http.request.HttpRequestDef;
import io.netty.channel.DefaultEventLoop;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.Product;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The names and hosts of the requests that a scenario can come to, found by going from each of its actions to the next
 * ones. What only a user's session says is left out.
 */
final class ScenarioRequests {

    /** Where Gatling keeps what switches draw from. */
    private static final String DICE = "io.gatling.core.util.";

    private final Set<String> names = new TreeSet<>();
    private final Set<String> hosts = new TreeSet<>();
    private final Set<Seen> seen = new HashSet<>();
    private final Session session;

    private ScenarioRequests(Scenario scenario, DefaultEventLoop eventLoop) {
        this.session = scenario.onStart().apply(Session$.MODULE$.apply(scenario.name(), 0, eventLoop));
    }

    static ScenarioRequests of(Scenario scenario) {
        // It never runs anything, and so has no thread.
        var found = new ScenarioRequests(scenario, new DefaultEventLoop());
        found.visit(scenario.entry(), List.of());
        return found;
    }

    Set<String> names() {
        return names;
    }

    /** Those of addresses that are known without a user. */
    Set<String> hosts() {
        return hosts;
    }

    /** An action within groups, seen once. */
    private record Seen(Object item, List<String> groups) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Seen(Object that, List<String> within) && that == item && within.equals(groups);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(item);
        }
    }

    private void visit(@Nullable Object item, List<String> groups) {
        switch (item) {
            case null -> {}
            case Action action -> action(action, groups);
            case HttpRequestDef request -> host(request);
            case Iterable<?> several -> CollectionConverters.asJava(several).forEach(one -> visit(one, groups));
            case Function1<?, ?> code -> fields(code, groups);
            case Product product
            when product.getClass().getName().startsWith("scala.") ->
                product.productIterator().foreach(part -> {
                    visit(part, groups);
                    return null;
                });
            case Object[] several -> {
                for (Object one : several) {
                    visit(one, groups);
                }
            }
            default -> {
                if (item.getClass().getName().startsWith(DICE)) {
                    fields(item, groups);
                }
            }
        }
    }

    private void action(Action action, List<String> groups) {
        if (action instanceof RequestAction request) {
            String name = said(request.requestName());
            if (name != null) {
                names.add(SampleStats.label(scala(groups), name));
            }
        }
        fields(action, within(action, groups));
    }

    private void host(HttpRequestDef request) {
        try {
            if (request.clientRequest().apply(session) instanceof Success<Request> built) {
                hosts.add(built.value().getUri().getHost());
            }
        } catch (RuntimeException e) {
            // A function of the simulation's own that needs a real session.
        }
        CollectionConverters.asJava(request.requestConfig().explicitResources()).forEach(this::host);
    }

    private List<String> within(Action action, List<String> groups) {
        var inside = new ArrayList<>(groups);
        if (action instanceof GroupStart) {
            String name = name(action);
            inside.add(name == null ? "?" : name);
        } else if (action instanceof GroupEnd && !inside.isEmpty()) {
            inside.removeLast();
        }
        return inside;
    }

    private @Nullable String name(Action start) {
        for (Field field : start.getClass().getDeclaredFields()) {
            if (field.getName().equals("groupName") && value(field, start) instanceof Function1<?, ?> said) {
                @SuppressWarnings("unchecked")
                var expression = (Function1<Session, Validation<String>>) said;
                return said(expression);
            }
        }
        return null;
    }

    private @Nullable String said(Function1<Session, Validation<String>> expression) {
        try {
            return expression.apply(session) instanceof Success<String> name ? name.value() : null;
        } catch (RuntimeException e) {
            return null; // a function of the simulation's own that needs a real session
        }
    }

    private void fields(Object item, List<String> groups) {
        if (!seen.add(new Seen(item, groups))) {
            return;
        }
        for (Class<?> type = item.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    visit(value(field, item), groups);
                }
            }
        }
    }

    private static @Nullable Object value(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // of the JDK's
        }
    }

    private static scala.collection.immutable.List<String> scala(List<String> items) {
        return scala.collection.immutable.List.from(CollectionConverters.asScala(items));
    }
}
