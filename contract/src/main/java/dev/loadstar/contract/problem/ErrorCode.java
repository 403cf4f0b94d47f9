package dev.loadstar.contract.problem;

import java.util.Locale;

import static dev.loadstar.contract.problem.ErrorKind.CAPACITY;
import static dev.loadstar.contract.problem.ErrorKind.INTERNAL;
import static dev.loadstar.contract.problem.ErrorKind.TOOL;
import static dev.loadstar.contract.problem.ErrorKind.USER;

/** Every named error. The name in lower case with hyphens is its stable identifier: {@code urn:loadstar:error:<slug>}. */
public enum ErrorCode {
    GIT_UNREACHABLE(USER, "The repository cannot be read"),
    GIT_NOT_ALLOWED(USER, "This kind of repository address is not allowed here"),
    GIT_REF_UNKNOWN(USER, "The ref is not in the repository"),
    GIT_TOO_LARGE(USER, "The repository is over the size limit"),
    BUNDLE_INVALID(USER, "The uploaded bundle cannot be used"),
    DEFINITION_MISSING(USER, "There is no definition at this path"),
    DEFINITION_NOT_JSON(USER, "The definition is not JSON"),
    DEFINITION_TOO_LARGE(USER, "The definition is too large"),
    KEY_DUPLICATE(USER, "A key stands twice"),
    KEY_UNKNOWN(USER, "A key is not known"),
    VALUE_INVALID(USER, "A value is not what the format asks for"),
    UNIT_INVALID(USER, "A unit is missing or not known"),
    NOT_SUPPORTED_YET(USER, "Part of the format that is not built yet"),
    TOOL_UNKNOWN(USER, "There is no executor for this tool"),
    SCRIPT_MISSING(USER, "The script is not in the repository"),
    SCRIPT_INVALID(USER, "The script cannot be loaded"),
    FILE_MISSING(USER, "A file that is referred to is not in the repository"),
    FILE_OUTSIDE(USER, "A path leads out of the repository"),
    ARTIFACT_UNKNOWN(USER, "A library is not in the artifact mirror"),
    ARTIFACT_UNREACHABLE(USER, "The artifact mirror does not answer"),
    ARTIFACT_REFUSED(USER, "The libraries are too many or too large"),
    TARGET_NOT_ALLOWED(USER, "The target may not be loaded"),
    TARGET_UNREACHABLE(USER, "The target does not answer"),
    SECRET_MISSING(USER, "A secret that is referred to is not kept"),
    REQUEST_INVALID(USER, "The request cannot be read"),
    NOT_FOUND(USER, "There is no such thing"),
    NOT_SIGNED_IN(USER, "Sign in first"),
    NOT_PERMITTED(USER, "You may not do this"),
    RUN_OVER(USER, "The run has already ended"),
    NOT_RUNNING(USER, "The run makes no load at the moment"),
    NO_BASELINE(USER, "The run cannot be a baseline"),
    EXISTS_ALREADY(USER, "There is one of that name already"),
    TOOL_FAILED(TOOL, "The load tool failed"),
    INSPECT_FAILED(TOOL, "The script could not be inspected"),
    NOT_READY(TOOL, "Not every executor got ready in time"),
    EXECUTORS_LOST(TOOL, "Executors were lost"),
    NO_CAPACITY(CAPACITY, "There is no room for this run"),
    WORKER_LOST(INTERNAL, "The run's worker was lost"),
    TIMED_OUT(INTERNAL, "A deadline passed"),
    INTERNAL_ERROR(INTERNAL, "Loadstar failed");

    private final ErrorKind kind;
    private final String title;

    ErrorCode(ErrorKind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    public ErrorKind kind() {
        return kind;
    }

    /** One short phrase for people, the {@code title} of RFC 9457. */
    public String title() {
        return title;
    }

    /** Stable name in JSON and URNs, such as {@code git-ref-unknown}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The {@code type} of RFC 9457. */
    public String urn() {
        return "urn:loadstar:error:" + slug();
    }
}
