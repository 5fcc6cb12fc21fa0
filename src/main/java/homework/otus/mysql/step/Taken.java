package homework.otus.mysql.step;

import io.kubernetes.client.common.KubernetesObject;

/**
 * How the API server took what was asked of it, where an admission policy has made something else of it.
 *
 * @param desired what was asked
 * @param answer what was stored
 */
public record Taken(KubernetesObject desired, KubernetesObject answer) {}
