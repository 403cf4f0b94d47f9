package dev.loadstar.contract.plan;

/**
 * One file of a bundle.
 *
 * @param path relative to the repository's root, with slashes, never leading out of it
 * @param digest {@code sha256:<64 hex digits>} of its bytes
 * @param size bytes
 */
public record BundleFile(String path, String digest, long size, boolean executable) {}
