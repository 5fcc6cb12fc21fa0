package homework.otus.mysql.api;

import com.google.gson.annotations.SerializedName;

/** What the user asks for. The CRD guarantees that the four fields are set; see it for their patterns and limits. */
public final class MySQLSpec {
    private String image = "";
    private String database = "";
    private String password = "";

    @SerializedName("storage_size")
    private String storageSize = "";

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

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    /** A Kubernetes quantity, such as {@code 1Gi}. */
    public String getStorageSize() {
        return storageSize;
    }

    public void setStorageSize(String storageSize) {
        this.storageSize = storageSize;
    }
}
