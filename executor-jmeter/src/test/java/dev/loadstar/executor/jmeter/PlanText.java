package dev.loadstar.executor.jmeter;

import java.net.URI;

/** Test plans as JMeter saves them, put together from parts. */
final class PlanText {

    private PlanText() {}

    static String plan(String... elements) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3">
                  <hashTree>
                    <TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="Plan"/>
                    <hashTree>
                %s
                    </hashTree>
                  </hashTree>
                </jmeterTestPlan>
                """.formatted(String.join("\n", elements));
    }

    static String group(String name, int users, int loops, String... elements) {
        return group("ThreadGroup", name, String.valueOf(users), loops, elements);
    }

    static String group(String type, String name, String users, int loops, String... elements) {
        return """
                <%1$s guiclass="ThreadGroupGui" testclass="%1$s" testname="%2$s">
                  <stringProp name="ThreadGroup.num_threads">%3$s</stringProp>
                  <stringProp name="ThreadGroup.ramp_time">0</stringProp>
                  <stringProp name="ThreadGroup.on_sample_error">continue</stringProp>
                  <boolProp name="ThreadGroup.same_user_on_next_iteration">true</boolProp>
                  <elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" testclass="LoopController" testname="Loop Controller">
                    <stringProp name="LoopController.loops">%4$s</stringProp>
                    <boolProp name="LoopController.continue_forever">false</boolProp>
                  </elementProp>
                </%1$s>
                <hashTree>
                %5$s
                </hashTree>
                """.formatted(type, name, users, loops, String.join("\n", elements));
    }

    static String get(URI target, String label, String path, String... below) {
        return """
                <HTTPSamplerProxy guiclass="HttpTestSampleGui" testclass="HTTPSamplerProxy" testname="%s">
                  <stringProp name="HTTPSampler.domain">%s</stringProp>
                  <stringProp name="HTTPSampler.port">%d</stringProp>
                  <stringProp name="HTTPSampler.protocol">http</stringProp>
                  <stringProp name="HTTPSampler.path">%s</stringProp>
                  <stringProp name="HTTPSampler.method">GET</stringProp>
                  <boolProp name="HTTPSampler.use_keepalive">true</boolProp>
                  <boolProp name="HTTPSampler.follow_redirects">true</boolProp>
                  <stringProp name="HTTPSampler.response_timeout">${__P(timeout,)}</stringProp>
                </HTTPSamplerProxy>
                <hashTree>%s</hashTree>
                """.formatted(label, target.getHost(), target.getPort(), path, String.join("\n", below));
    }

    /** An element with text properties, given as name and value in turn. */
    static String element(String type, String name, String... properties) {
        var text = new StringBuilder();
        for (int i = 0; i < properties.length; i += 2) {
            text.append("  <stringProp name=\"%s\">%s</stringProp>%n".formatted(properties[i], properties[i + 1]));
        }
        return "<%1$s guiclass=\"TestBeanGUI\" testclass=\"%1$s\" testname=\"%2$s\">%n%3$s</%1$s>%n<hashTree/>"
                .formatted(type, name, text);
    }

    static String assertion(String type, String name, String properties) {
        return "<%1$s guiclass=\"AssertionGui\" testclass=\"%1$s\" testname=\"%2$s\">%n%3$s</%1$s>%n<hashTree/>"
                .formatted(type, name, properties);
    }

    /** The same with elements below it. */
    static String around(String element, String... below) {
        return element.substring(0, element.length() - "<hashTree/>".length())
                + "<hashTree>%n%s%n</hashTree>".formatted(String.join("\n", below));
    }

    /** A sampler that asks nobody and answers that text, which may name variables. */
    static String answer(String label, String text, String... below) {
        return around(
                element(
                        "JSR223Sampler",
                        label,
                        "scriptLanguage",
                        "groovy",
                        "cacheKey",
                        "true",
                        "parameters",
                        text,
                        "script",
                        "SampleResult.setResponseData(Parameters, 'UTF-8'); SampleResult.setDataType('text')"),
                below);
    }

    static String disabled(String element) {
        return element.replaceFirst("testname=", "enabled=\"false\" testname=");
    }
}
