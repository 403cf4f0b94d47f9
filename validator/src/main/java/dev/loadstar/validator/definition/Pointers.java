package dev.loadstar.validator.definition;

/** RFC 6901: how a place in a JSON document is written. */
public final class Pointers {

    private Pointers() {}

    /** The pointer of what stands under the key. */
    public static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    /** What the pointer ends with, as people call it: {@code rampUp}, {@code assertions[0]}. */
    static String leaf(String pointer) {
        int slash = pointer.lastIndexOf('/');
        String leaf = pointer.substring(slash + 1);
        boolean index = slash > 0 && leaf.chars().allMatch(Character::isDigit);
        return index
                ? leaf(pointer.substring(0, slash)) + "[" + leaf + "]"
                : leaf.replace("~1", "/").replace("~0", "~");
    }
}
