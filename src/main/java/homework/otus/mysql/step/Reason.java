package homework.otus.mysql.step;

import java.util.EnumSet;
import java.util.Set;

/** Why a condition is as it is. The names are what users read: docs/troubleshooting.md says of each what to do. */
public enum Reason {
    Serving,
    Starting,
    /** It served before, and does not now. */
    ServerNotReady,
    EarlierLifeTerminating,
    Restoring,
    Restored,
    NothingToRestore,
    RestoreFailed,
    ImagePullFailed,
    Unschedulable,
    /** By a queue, an admission policy, or by hand. */
    JobSuspended,
    ContainerConfigInvalid,
    InitialisationFailed,
    /** There is no data on a volume from which a server has served. */
    DataMissing,
    ServerCrashing,
    /** An object of somebody else has a child's name. */
    Conflict,
    /** The API server refuses a child: a quota, an admission policy. */
    Refused,
    /** The API server fails at a write, as where an admission webhook is down. */
    WriteFailed,
    Stopping,
    BackingUp,
    BackupProven,
    NothingToBackUp,
    BackupSkipped,
    BackupFailed,
    DataVolumeLost,
    DataClaimDeleted,
    Releasing,
    Paused,
    /** The operator can't decode the MySQL or one of its children, and leaves all of it as it is. */
    Unreadable,
    /** The Secret that holds the password, its label or its key is missing, or it holds what MySQL can't take. */
    SecretNotFound,
    Applied,
    /** The wanted image and configuration are looked at; the server runs on. */
    Checking,
    /** The check Job can't be run. */
    CheckFailed,
    VersionRefused,
    ConfigRefused,
    /** The server did not become ready with it: the last configuration that served is put back. */
    ConfigFailed,
    /** The Deployment is to run none or several servers, which nobody of ours has asked for. */
    ReplicasChanged,
    /** It would be started anew for nothing but that a newer operator makes its Pod otherwise. */
    RestartPending,
    /** That is done now. */
    Restarting,
    /** The server does not become ready after that. */
    RestartFailed,
    ChangingImage,
    /** The new server does not become ready. */
    ImageChangeFailed,
    PasswordChanging,
    PasswordChanged,
    /** Neither the old nor the new password opens the server. */
    AccessDenied,
    /** MySQL's policy refuses the new one. */
    PasswordRefused,
    PasswordChangeFailed,
    Resizing,
    Resized,
    ExpansionRefused,
    ResizeFailed;

    private static final Set<Reason> WARNINGS = EnumSet.of(
            ServerNotReady,
            RestoreFailed,
            ImagePullFailed,
            Unschedulable,
            ContainerConfigInvalid,
            InitialisationFailed,
            DataMissing,
            ServerCrashing,
            Conflict,
            Refused,
            WriteFailed,
            BackupSkipped,
            BackupFailed,
            DataVolumeLost,
            DataClaimDeleted,
            Unreadable,
            SecretNotFound,
            CheckFailed,
            VersionRefused,
            ConfigRefused,
            ConfigFailed,
            RestartFailed,
            ReplicasChanged,
            ImageChangeFailed,
            AccessDenied,
            PasswordRefused,
            PasswordChangeFailed,
            ExpansionRefused,
            ResizeFailed);

    /** Whether its event is a warning: somebody has to look at it. */
    public boolean warns() {
        return WARNINGS.contains(this);
    }
}
