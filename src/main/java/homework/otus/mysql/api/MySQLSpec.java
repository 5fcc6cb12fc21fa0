package homework.otus.mysql.api;

import static java.util.Objects.requireNonNullElse;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.openapi.models.V1Affinity;
import io.kubernetes.client.openapi.models.V1LocalObjectReference;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for. The CRD guarantees that image, database, storage size and one of the two passwords are set; see
 * it for patterns and limits. Where the user leaves out a field that has a default, its getter answers the default.
 */
public final class MySQLSpec {
    private String image = "";
    private String database = "";
    private @Nullable String password;
    private @Nullable SecretKeyRef passwordSecretRef;

    @SerializedName("storage_size")
    private String storageSize = "";

    private @Nullable String storageClassName;
    private @Nullable AccessMode accessMode;
    private @Nullable Map<String, String> config;
    private @Nullable V1ResourceRequirements resources;
    private @Nullable V1ResourceRequirements jobResources;
    private @Nullable Map<String, String> nodeSelector;
    private @Nullable List<V1Toleration> tolerations;
    private @Nullable V1Affinity affinity;
    private @Nullable String priorityClassName;
    private @Nullable List<V1LocalObjectReference> imagePullSecrets;
    private @Nullable V1PodSecurityContext podSecurityContext;
    private @Nullable BackupSpec backup;
    private @Nullable ImageChangeSpec imageChange;
    private @Nullable DeletionPolicy deletionPolicy;
    private @Nullable RestorePolicy restorePolicy;
    private @Nullable Boolean paused;

    public String getImage() {
        return image;
    }

    public void setImage(String image) {
        this.image = image;
    }

    public String getDatabase() {
        return database;
    }

    public void setDatabase(String database) {
        this.database = database;
    }

    /** Null where {@link #getPasswordSecretRef} is set. */
    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    /** Null where {@link #getPassword} is set. */
    public @Nullable SecretKeyRef getPasswordSecretRef() {
        return passwordSecretRef;
    }

    public void setPasswordSecretRef(@Nullable SecretKeyRef passwordSecretRef) {
        this.passwordSecretRef = passwordSecretRef;
    }

    /** A Kubernetes quantity, such as {@code 1Gi}. */
    public String getStorageSize() {
        return storageSize;
    }

    public void setStorageSize(String storageSize) {
        this.storageSize = storageSize;
    }

    /** Null for the cluster's default. */
    public @Nullable String getStorageClassName() {
        return storageClassName;
    }

    public void setStorageClassName(@Nullable String storageClassName) {
        this.storageClassName = storageClassName;
    }

    /** Of the data volume. */
    public AccessMode getAccessMode() {
        return requireNonNullElse(accessMode, AccessMode.ReadWriteOnce);
    }

    public void setAccessMode(@Nullable AccessMode accessMode) {
        this.accessMode = accessMode;
    }

    /** Variables of {@code [mysqld]}. */
    public Map<String, String> getConfig() {
        return requireNonNullElse(config, Map.of());
    }

    public void setConfig(@Nullable Map<String, String> config) {
        this.config = config;
    }

    public @Nullable V1ResourceRequirements getResources() {
        return resources;
    }

    public void setResources(@Nullable V1ResourceRequirements resources) {
        this.resources = resources;
    }

    public @Nullable V1ResourceRequirements getJobResources() {
        return jobResources;
    }

    public void setJobResources(@Nullable V1ResourceRequirements jobResources) {
        this.jobResources = jobResources;
    }

    public Map<String, String> getNodeSelector() {
        return requireNonNullElse(nodeSelector, Map.of());
    }

    public void setNodeSelector(@Nullable Map<String, String> nodeSelector) {
        this.nodeSelector = nodeSelector;
    }

    public List<V1Toleration> getTolerations() {
        return requireNonNullElse(tolerations, List.of());
    }

    public void setTolerations(@Nullable List<V1Toleration> tolerations) {
        this.tolerations = tolerations;
    }

    public @Nullable V1Affinity getAffinity() {
        return affinity;
    }

    public void setAffinity(@Nullable V1Affinity affinity) {
        this.affinity = affinity;
    }

    public @Nullable String getPriorityClassName() {
        return priorityClassName;
    }

    public void setPriorityClassName(@Nullable String priorityClassName) {
        this.priorityClassName = priorityClassName;
    }

    public List<V1LocalObjectReference> getImagePullSecrets() {
        return requireNonNullElse(imagePullSecrets, List.of());
    }

    public void setImagePullSecrets(@Nullable List<V1LocalObjectReference> imagePullSecrets) {
        this.imagePullSecrets = imagePullSecrets;
    }

    public @Nullable V1PodSecurityContext getPodSecurityContext() {
        return podSecurityContext;
    }

    public void setPodSecurityContext(@Nullable V1PodSecurityContext podSecurityContext) {
        this.podSecurityContext = podSecurityContext;
    }

    public BackupSpec getBackup() {
        return requireNonNullElse(backup, BackupSpec.DEFAULT);
    }

    public void setBackup(@Nullable BackupSpec backup) {
        this.backup = backup;
    }

    public ImageChangeSpec getImageChange() {
        return requireNonNullElse(imageChange, ImageChangeSpec.DEFAULT);
    }

    public void setImageChange(@Nullable ImageChangeSpec imageChange) {
        this.imageChange = imageChange;
    }

    public DeletionPolicy getDeletionPolicy() {
        return requireNonNullElse(deletionPolicy, DeletionPolicy.BackupAndDelete);
    }

    public void setDeletionPolicy(@Nullable DeletionPolicy deletionPolicy) {
        this.deletionPolicy = deletionPolicy;
    }

    public RestorePolicy getRestorePolicy() {
        return requireNonNullElse(restorePolicy, RestorePolicy.IfPresent);
    }

    public void setRestorePolicy(@Nullable RestorePolicy restorePolicy) {
        this.restorePolicy = restorePolicy;
    }

    /** Whether the operator leaves this database alone. */
    public boolean isPaused() {
        return requireNonNullElse(paused, false);
    }

    public void setPaused(@Nullable Boolean paused) {
        this.paused = paused;
    }
}
