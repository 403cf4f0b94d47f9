package dev.loadstar.contract.template;

import dev.loadstar.contract.template.Reference.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TemplateTests {

    @Test
    void referencesAreFoundBetweenLiterals() {
        var template = Template.of("Bearer ${secret.TOKEN}, ${data.users.e.mail} ${env.A}${var.b}!");

        assertThat(template.references())
                .containsExactly(
                        new Reference(Kind.SECRET, "TOKEN", ""),
                        new Reference(Kind.DATA, "users", "e.mail"),
                        new Reference(Kind.ENV, "A", ""),
                        new Reference(Kind.VAR, "b", ""));
        assertThat(template.render(Reference::name, Encoding.NONE)).isEqualTo("Bearer TOKEN, users Ab!");
    }

    @Test
    void valuesAreNeverLookedAtAgain() {
        assertThat(Template.of("${var.a}").render(reference -> "${secret.TOKEN}${__groovy(1)}", Encoding.NONE))
                .isEqualTo("${secret.TOKEN}${__groovy(1)}");
    }

    @Test
    void twoDollarsStandForTheSignsThemselves() {
        assertThat(Template.of("$5 and $${env.A} and 1 } {").render(reference -> "?", Encoding.NONE))
                .isEqualTo("$5 and ${env.A} and 1 } {");
        assertThat(Template.of(Template.escape("a ${__time()} b")).render(reference -> "?", Encoding.NONE))
                .isEqualTo("a ${__time()} b");
    }

    @Test
    void valuesAreEncodedForWhereTheyStandAndLiteralsAreNot() {
        var template = Template.of("a b/${var.v}");

        assertThat(template.render(reference -> "x\"y\n", Encoding.JSON)).isEqualTo("a b/x\\\"y\\n");
        assertThat(template.render(reference -> "ä b/c&d=e+~", Encoding.URL))
                .isEqualTo("a b/%C3%A4%20b%2Fc%26d%3De%2B~");
        assertThat(template.render(reference -> "1\r\nX-Evil: 2", Encoding.HEADER))
                .isEqualTo("a b/1  X-Evil: 2");
    }

    @Test
    void rewrittenTemplateKeepsItsReferences() {
        assertThat(Template.of("say $${x} to ${data.users.a\"b}")
                        .rewrite(literal -> literal.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo("SAY $${X} TO ${data.users.a\"b}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${env.A", "${foo}", "${env}", "${env.}", "${data.users}", "${__groovy(1)}", "${}"})
    void whatIsNoReferenceIsRefused(String text) {
        assertThatThrownBy(() -> Template.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`" + text + "`");
    }
}
