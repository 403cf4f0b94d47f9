package dev.loadstar.executor.tool;

import java.util.function.UnaryOperator;

/**
 * What a sample sent and what it was answered. Tools need not shorten or mask anything in it.
 *
 * @param hide takes out of a text what nobody may see
 */
public record Exchange(Side request, Side response, UnaryOperator<String> hide) {

    public Exchange(Side request, Side response) {
        this(request, response, text -> text);
    }

    /** The same, shown less. */
    public Exchange hiding(UnaryOperator<String> more) {
        return new Exchange(request, response, text -> more.apply(hide.apply(text)));
    }

    /**
     * One direction.
     *
     * @param head request or status line and headers, one per line; empty where the protocol has none
     * @param body its beginning at least; not copied
     * @param bytes size of the whole body
     * @param type media type with its charset as in HTTP, empty where not known
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Side(String head, byte[] body, long bytes, String type) {}
}
