package dev.loadstar.executor.gatling;

import java.util.function.Predicate;

import io.gatling.commons.validation.Success;
import io.gatling.commons.validation.Validation;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.protocol.Protocol;
import io.gatling.core.session.Session;
import io.gatling.http.protocol.HttpProtocol;
import io.gatling.http.protocol.HttpProtocolResponsePart;
import io.gatling.http.response.Response;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.Function2;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Map;

/**
 * Lets iterations see the responses to their HTTP requests just before they are judged, and keeps the protocol from going
 * elsewhere.
 *
 * @param allowed hosts that may be loaded
 */
record HttpWatch(Iterations iterations, Predicate<String> allowed) {

    /** What is done to the session of a user who begins. */
    Function1<Session, Session> onStart(Function1<Session, Session> own) {
        return session -> AllowedNames.in(own.apply(session), allowed);
    }

    /** The protocols of a simulation, with HTTP among them also where the simulation does not speak of it. */
    Map<Class<? extends Protocol>, Protocol> ofSimulation(
            Map<Class<? extends Protocol>, Protocol> protocols, GatlingConfiguration configuration) {
        Option<Protocol> http = protocols.get(HttpProtocol.class);
        var given = http.isEmpty() ? HttpProtocol.apply(configuration) : (HttpProtocol) http.get();
        return with(protocols, watched(given));
    }

    /** The protocols of one scenario, which count more than the simulation's. */
    Map<Class<? extends Protocol>, Protocol> ofScenario(Map<Class<? extends Protocol>, Protocol> protocols) {
        Option<Protocol> http = protocols.get(HttpProtocol.class);
        return http.isEmpty() ? protocols : with(protocols, watched((HttpProtocol) http.get()));
    }

    /** Scala's map takes values of a wider type, which Java does not see. */
    @SuppressWarnings("unchecked")
    private static Map<Class<? extends Protocol>, Protocol> with(
            Map<Class<? extends Protocol>, Protocol> protocols, HttpProtocol http) {
        return protocols.updated(HttpProtocol.class, http);
    }

    private HttpProtocol watched(HttpProtocol http) {
        return new HttpProtocol(
                http.baseUrls(),
                Option.empty(),
                http.enginePart(),
                http.requestPart(),
                watched(http.responsePart()),
                http.wsPart(),
                http.ssePart(),
                http.proxyPart(),
                http.dnsPart());
    }

    private HttpProtocolResponsePart watched(HttpProtocolResponsePart part) {
        var own = part.responseTransformer();
        return new HttpProtocolResponsePart(
                part.followRedirect(),
                part.maxRedirects(),
                part.strict302Handling(),
                part.redirectNamingStrategy(),
                Option.apply(tap(own.isEmpty() ? null : own.get())),
                part.checks(),
                part.inferHtmlResources(),
                part.inferredHtmlResourcesNaming(),
                part.htmlResourcesInferringFilters());
    }

    private Function2<Response, Session, Validation<Tuple2<Response, Session>>> tap(
            @Nullable Function2<Response, Session, Validation<Tuple2<Response, Session>>> own) {
        return (response, session) -> {
            Iteration iteration = iterations.named(session.scenario());
            if (iteration != null) {
                iteration.answered(response);
            }
            return own == null ? new Success<>(new Tuple2<>(response, session)) : own.apply(response, session);
        };
    }
}
