package dev.loadstar.executor.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.loadstar.contract.template.Encoding;
import dev.loadstar.contract.template.Reference;
import dev.loadstar.contract.template.Reference.Kind;
import dev.loadstar.contract.template.Template;
import dev.loadstar.executor.secret.PlanValues;

/** A text of a request in which everything is put in already that is the same all over the run. */
final class Text {

    private final List<Template.Part> parts;
    private final Encoding encoding;

    private Text(List<Template.Part> parts, Encoding encoding) {
        this.parts = parts;
        this.encoding = encoding;
    }

    static Text of(String template, Encoding encoding, PlanValues values) {
        return of(template, encoding, values, literal -> literal);
    }

    /** @param literals how the text between the references is written */
    static Text of(String template, Encoding encoding, PlanValues values, UnaryOperator<String> literals) {
        var parts = new ArrayList<Template.Part>();
        var fixed = new StringBuilder();
        for (Template.Part part : Template.of(template).parts()) {
            Optional<Reference> changing = part.reference().filter(Text::changes);
            if (changing.isEmpty()) {
                fixed.append(part.reference()
                        .map(reference -> encoding.encode(values.of(reference)))
                        .orElseGet(() -> literals.apply(part.literal())));
            } else {
                parts.add(new Template.Part(fixed.toString(), Optional.empty()));
                parts.add(part);
                fixed.setLength(0);
            }
        }
        parts.add(new Template.Part(fixed.toString(), Optional.empty()));
        return new Text(List.copyOf(parts), encoding);
    }

    private static boolean changes(Reference reference) {
        return reference.kind() == Kind.DATA || reference.kind() == Kind.VAR;
    }

    /** Whether it is the same in every iteration. */
    boolean isFixed() {
        return parts.size() == 1;
    }

    String in(Visit visit) {
        return isFixed() ? parts.getFirst().literal() : new Template(parts).render(visit::value, encoding);
    }
}
