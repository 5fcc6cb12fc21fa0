package homework.otus.mysql.kube;

import io.kubernetes.client.openapi.ApiClient;

/**
 * The connections to the API server, apart because their time limits differ.
 *
 * @param requests ends every call after 30 seconds, and lets a write out only while the lease is held
 * @param watches never times out reading
 * @param lease ends every call so early that a renewal can be tried again in time
 */
public record ApiClients(ApiClient requests, ApiClient watches, ApiClient lease) {}
