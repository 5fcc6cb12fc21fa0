package homework.otus.mysql.observe;

import org.jspecify.annotations.Nullable;

/**
 * A claim whose volume is waited for.
 *
 * @param storageClass null where none was asked for and the cluster has no default; empty for a volume without a class
 * @param words why, as Kubernetes tells it in its last event about the claim; empty where it tells nothing
 */
public record Unbound(String claim, @Nullable String storageClass, String words) {}
