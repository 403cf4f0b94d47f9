package dev.loadstar.executor.gatling.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;

/** Why code cannot be built, as one exception; of many errors the first are enough to begin with. */
record BuildProblems(List<Problem> all) {

    static final String FILE = "/script/file";
    static final String ENTRY = "/script/entry";

    private static final int MOST = 20;

    /** Characters; of a method with many overloads a compiler names each. */
    private static final int LONGEST = 500;

    private static final Pattern LIMITED =
            Pattern.compile("io\\.gatling\\.(?:javaapi\\.)?(grpc|mqtt|graphql|kafka|mongo)");

    LoadstarException exception() {
        List<Problem> shown =
                new ArrayList<>(all.stream().distinct().limit(MOST).toList());
        long more = all.stream().distinct().count() - shown.size();
        if (more > 0) {
            shown.add(Problem.at(FILE, ErrorCode.SCRIPT_INVALID, "There are %d more errors".formatted(more)));
        }
        return new LoadstarException(ErrorCode.SCRIPT_INVALID, "The code cannot be built", shown);
    }

    /** An error of a compiler; where it misses a part of Gatling that is not free, that is said. */
    static Problem compiler(String said) {
        String message = said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
        Matcher limited = LIMITED.matcher(message);
        return limited.find()
                ? Problem.at(
                        FILE,
                        ErrorCode.SCRIPT_INVALID,
                        message,
                        "Gatling's part for %s is limited without a licence of Gatling's and not part of Loadstar"
                                .formatted(limited.group(1)))
                : Problem.at(FILE, ErrorCode.SCRIPT_INVALID, message);
    }

    static LoadstarException of(ErrorCode code, String message) {
        return of(Problem.at(FILE, code, message));
    }

    static LoadstarException of(Problem one) {
        return new BuildProblems(List.of(one)).exception();
    }
}
