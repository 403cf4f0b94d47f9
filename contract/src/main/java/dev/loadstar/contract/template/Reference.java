package dev.loadstar.contract.template;

/**
 * A place in a text where a value is put in.
 *
 * @param name of the variable, secret, data or extracted value
 * @param column of the data; empty for other kinds
 */
public record Reference(Kind kind, String name, String column) {

    /** What is referred to, and how it is written. */
    public enum Kind {
        ENV("env"),
        SECRET("secret"),
        DATA("data"),
        VAR("var");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** As it is written, {@code ${data.users.sku}}. */
    @Override
    public String toString() {
        return "${" + kind.word + "." + name + (column.isEmpty() ? "" : "." + column) + "}";
    }
}
