package dev.loadstar.executor.jmeter;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of JMeter's functions. A call of another one is no error in JMeter: it stays in the text as it stands. */
final class Functions {

    /** Of JMeter 5.6.3 itself. */
    static final Set<String> NAMES = Set.of(
            "__BeanShell",
            "__CSVRead",
            "__FileToString",
            "__P",
            "__Random",
            "__RandomDate",
            "__RandomFromMultipleVars",
            "__RandomString",
            "__StringFromFile",
            "__StringToFile",
            "__TestPlanName",
            "__UUID",
            "__V",
            "__XPath",
            "__changeCase",
            "__char",
            "__counter",
            "__dateTimeConvert",
            "__digest",
            "__escapeHtml",
            "__escapeOroRegexpChars",
            "__escapeXml",
            "__eval",
            "__evalVar",
            "__groovy",
            "__intSum",
            "__isPropDefined",
            "__isVarDefined",
            "__javaScript",
            "__jexl2",
            "__jexl3",
            "__log",
            "__logn",
            "__longSum",
            "__machineIP",
            "__machineName",
            "__property",
            "__regexFunction",
            "__samplerName",
            "__setProperty",
            "__split",
            "__threadGroupName",
            "__threadNum",
            "__time",
            "__timeShift",
            "__unescape",
            "__unescapeHtml",
            "__urldecode",
            "__urlencode");

    private static final Pattern CALL = Pattern.compile("\\$\\{(__[A-Za-z]\\w*)[(}]");

    private Functions() {}

    /** Names that are called in the texts and that JMeter itself does not have. */
    static Set<String> unknownIn(Stream<String> texts) {
        var unknown = new TreeSet<String>();
        texts.flatMap(text -> CALL.matcher(text).results())
                .map(call -> call.group(1))
                .filter(name -> !NAMES.contains(name))
                .forEach(unknown::add);
        return unknown;
    }
}
