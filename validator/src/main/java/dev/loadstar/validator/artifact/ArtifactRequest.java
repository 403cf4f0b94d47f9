package dev.loadstar.validator.artifact;

import java.util.List;

/**
 * The libraries that one scenario asks for.
 *
 * @param coordinates {@code group:artifact:version}
 * @param pointer of the list in the definition
 * @param provided what its tool brings itself and is therefore not needed: {@code group:artifact}, either part may be
 *     {@code *}
 */
public record ArtifactRequest(List<String> coordinates, String pointer, List<String> provided) {

    public ArtifactRequest {
        coordinates = List.copyOf(coordinates);
        provided = List.copyOf(provided);
    }
}
