package homework.otus.mysql.child;

import io.kubernetes.client.openapi.models.V1Job;

/**
 * A Job whose program has ended, while another container keeps its Pod: a service mesh adds one that never ends by itself.
 *
 * @param well whether the program ended with exit code 0
 * @param end how the program ended, as {@link ProgramEnd} reads it when the Pod is gone
 */
public record HeldJob(V1Job job, boolean well, String end) {}
