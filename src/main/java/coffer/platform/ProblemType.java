package coffer.platform;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Every refusal a client may see: slug, HTTP status and the fixed text of the wire contract. */
public enum ProblemType {
    VALIDATION("validation_error", 400, "validation failed", null),
    INVALID_SECRET_FORMAT(
            "invalid_secret_format",
            400,
            "invalid system secret format",
            "a secret looks like cof_<20 hex>.<40 hex>"),
    INVALID_BACKUP_ID(
            "invalid_backup_id",
            400,
            "invalid backup id",
            "an id is the one that the upload or the list gave"),
    INVALID_INVENTORY("invalid_inventory", 400, "invalid inventory", "send one JSON object"),
    LENGTH_MISMATCH(
            "length_mismatch",
            400,
            "upload length mismatch",
            "fewer bytes came than Content-Length declared; send the backup again"),
    AUTHENTICATION_REQUIRED("authentication_required", 401, "authentication required", null),
    INVALID_AUTHENTICATION_FORMAT(
            "invalid_authentication_format", 401, "invalid authentication format", null),
    INVALID_AUTHENTICATION_ENCODING(
            "invalid_authentication_encoding", 401, "invalid authentication encoding", null),
    INVALID_CREDENTIALS_FORMAT(
            "invalid_credentials_format", 401, "invalid credentials format", null),
    INVALID_SYSTEM_CREDENTIALS(
            "invalid_system_credentials", 401, "invalid system credentials", null),
    INVALID_SYSTEM_SECRET("invalid_system_secret", 401, "invalid system secret", null),
    AUTHORIZATION_REQUIRED("authorization_required", 401, "authorization header required", null),
    INVALID_TOKEN("invalid_token", 401, "invalid token", "sign in again"),
    INVALID_SIGN_IN("invalid_sign_in", 401, "invalid username or password", null),
    INSUFFICIENT_PERMISSIONS("insufficient_permissions", 403, "insufficient permissions", null),
    ACCESS_DENIED_TO_ORGANIZATION(
            "access_denied", 403, "access denied to organization", "it is not below your own"),
    ACCESS_DENIED_TO_USER(
            "access_denied",
            403,
            "access denied to user",
            "it is neither of your organization nor below"),
    ACCESS_DENIED_TO_SYSTEM(
            "access_denied",
            403,
            "access denied to system",
            "it belongs neither to your organization nor below"),
    ACCESS_DENIED_TO_BACKUP(
            "access_denied",
            403,
            "access denied to backup",
            "its system belongs neither to your organization nor below"),
    ACCESS_DENIED_TO_PURGE(
            "access_denied",
            403,
            "access denied to purge",
            "what it erases belonged neither to your organization nor below"),
    USER_NOT_FOUND("user_not_found", 404, "user not found", null),
    POLICY_LOOSER(
            "policy_looser",
            403,
            "policy may only be tightened",
            "ask an administrator of an organization above"),
    ACCESS_DENIED_TO_HOLD(
            "access_denied",
            403,
            "access denied to hold",
            "it was set from above; only that level or one above it lifts it"),
    SYSTEM_DELETED("system_deleted", 403, "system has been deleted", null),
    ROUTE_NOT_FOUND("route_not_found", 404, "api not found", null),
    ORGANIZATION_NOT_FOUND("organization_not_found", 404, "organization not found", null),
    API_KEY_NOT_FOUND("api_key_not_found", 404, "api key not found", null),
    HOLD_NOT_FOUND("hold_not_found", 404, "hold not found", null),
    SYSTEM_NOT_FOUND("system_not_found", 404, "system not found", null),
    BACKUP_NOT_FOUND("backup_not_found", 404, "backup not found", null),
    JOB_NOT_FOUND("job_not_found", 404, "job not found", "GET /api/jobs lists them"),
    JOB_RUN_NOT_FOUND("job_run_not_found", 404, "job run not found", null),
    ALERT_NOT_FOUND("alert_not_found", 404, "alert not found", null),
    PURGE_NOT_FOUND("purge_not_found", 404, "purge not found", null),
    LEGACY_PAIR_NOT_FOUND("legacy_pair_not_found", 404, "legacy pair not found", null),
    METHOD_NOT_ALLOWED("method_not_allowed", 405, "method not allowed", null),
    NOT_ACCEPTABLE("not_acceptable", 406, "not acceptable", null),
    SYSTEM_NOT_DELETED(
            "system_not_deleted",
            409,
            "system is not deleted",
            "delete it first; this is for good"),
    ORGANIZATION_NOT_DELETED(
            "organization_not_deleted",
            409,
            "organization is not deleted",
            "delete it first; this is for good"),
    LEGAL_HOLD(
            "legal_hold",
            409,
            "a legal hold stands in the way",
            "whoever set it, or a level above, can lift it"),
    BEING_ERASED("being_erased", 409, "it is being erased", "that cannot be taken back"),
    PURGE_NOT_DONE("purge_not_done", 409, "purge is not done", "the receipt comes when it is"),
    CANNOT_STAND(
            "cannot_stand",
            409,
            "organization cannot stand there",
            "a customer stands below a reseller, a distributor or the owner, and so on upwards"),
    ORGANIZATION_DELETED(
            "organization_deleted", 409, "organization is deleted", "restore it first"),
    ORGANIZATION_SUSPENDED(
            "organization_suspended", 409, "organization is suspended", "reactivate it first"),
    SYSTEM_IS_DELETED("system_is_deleted", 409, "system is deleted", "restore it first"),
    PIN_LIMIT(
            "pin_limit",
            409,
            "too many pinned backups",
            "unpin another; pins leave two places and half the bytes to new backups"),
    BACKUP_REPLACED(
            "backup_replaced",
            409,
            "backup is being replaced",
            "an upload under way pushes it out; try again"),
    TARGET_QUOTA(
            "target_quota_exceeded",
            409,
            "organization backup quota exceeded",
            "the new place has no room for what would come along"),
    ALREADY_REGISTERED(
            "already_registered",
            409,
            "system is already registered",
            "an administrator can re-issue the secret"),
    USER_EXISTS("user_exists", 409, "user already exists", "its user name or identity is taken"),
    TOO_MANY_API_KEYS("too_many_api_keys", 409, "too many api keys", "delete one first"),
    CREDENTIALS_CONFIRMED(
            "credentials_confirmed",
            409,
            "new credentials are in use already",
            "an administrator can re-issue the secret"),
    BACKUP_PROTECTED(
            "backup_protected", 409, "backup is protected", "it is pinned or under a legal hold"),
    JOB_ALREADY_RUNNING(
            "job_already_running", 409, "job is already running", "stop that run, or let it end"),
    ALERT_ENDED("alert_ended", 409, "alert has ended", "its facts are gone"),
    JOB_RUN_ENDED("job_run_ended", 409, "job run has ended", null),
    JOB_RUN_NOT_RESTARTABLE(
            "job_run_not_restartable",
            409,
            "job run cannot be restarted",
            "only one that failed or was stopped can"),
    LENGTH_REQUIRED(
            "length_required",
            411,
            "Content-Length required",
            "send the backup with its length, not chunked and not empty"),
    UPLOAD_TOO_LARGE("upload_too_large", 413, "backup exceeds max upload size", null),
    SYSTEM_QUOTA("system_quota_exceeded", 413, "backup exceeds system quota", null),
    ORGANIZATION_QUOTA(
            "organization_quota_exceeded",
            413,
            "organization backup quota exceeded",
            "ask your administrator for room"),
    BODY_TOO_LARGE("body_too_large", 413, "request body too large", null),
    UNSUPPORTED_MEDIA_TYPE("unsupported_media_type", 415, "unsupported media type", null),
    RANGE_NOT_SATISFIABLE("range_not_satisfiable", 416, "range not satisfiable", null),
    CHECKSUM_MISMATCH(
            "checksum_mismatch",
            422,
            "checksum mismatch",
            "the bytes that came do not have the declared X-Checksum-Sha256"),
    NOT_ENCRYPTED(
            "not_encrypted",
            422,
            "backup is not encrypted",
            "this organization takes encrypted backups only"),
    UPLOAD_RATE("upload_rate_limit", 429, "upload rate limit exceeded", null),
    REGISTRATION_THROTTLED("registration_throttled", 429, "too many registration attempts", null),
    SIGN_IN_THROTTLED("sign_in_throttled", 429, "too many sign-in attempts", "try again later"),
    TRASH_FULL(
            "trash_full", 429, "backup trash is full", "an administrator can empty or restore it"),
    INTERNAL(
            "internal_error",
            500,
            "internal server error",
            "give the X-Request-Id to your operator"),
    FETCH_FAILED("fetch_failed", 502, "failed to fetch backup", null),
    STORAGE_UNAVAILABLE(
            "storage_unavailable",
            503,
            "backup storage unavailable",
            "send the backup again later"),
    UNAVAILABLE("unavailable", 503, "service unavailable", "try again later");

    private final String slug;
    private final int status;
    private final String message;
    private final @Nullable String hint;

    ProblemType(String slug, int status, String message, @Nullable String hint) {
        this.slug = slug;
        this.status = status;
        this.message = message;
        this.hint = hint;
    }

    /** Stable machine-readable name: {@code data.type}. */
    public String slug() {
        return slug;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The contract's text. */
    public String message() {
        return message;
    }

    /** What the reader can do, or null. */
    public @Nullable String hint() {
        return hint;
    }

    /** The refusal without figures. */
    public Problem withoutDetail() {
        return new Problem(this, Map.of(), null);
    }

    /** The refusal with figures that go into {@code data}. */
    public Problem with(Map<String, ?> data) {
        return new Problem(this, Map.copyOf(data), null);
    }

    /** The refusal because of a fault that the log should show. */
    public Problem because(Throwable cause) {
        return new Problem(this, Map.of(), cause);
    }

    /** As {@link #withoutDetail}, asking the client to come back after {@code seconds}. */
    public Problem retryAfter(long seconds) {
        return new Problem(this, Map.of("retry_after_seconds", Math.max(1, seconds)), null);
    }
}
