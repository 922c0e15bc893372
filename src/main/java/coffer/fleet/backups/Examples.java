package coffer.fleet.backups;

/** What the OpenAPI document shows. */
final class Examples {

    static final String LIST =
            """
            {"code": 200, "message": "backups listed", "data": {"backups": [
              {"id": "019372c1-2b1f-7c3a-9f00-5b1e0d9c1a2b.gpg", "filename": "backup.gpg", "size": 48213,
               "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
               "mimetype": "application/pgp-encrypted", "uploaded_at": "2026-11-21T05:00:23.123456Z",
               "state": "stored", "content_kind": "openpgp-symmetric", "health": "stored",
               "pinned": false, "pinned_until": null, "held": false, "trashed_at": null, "trashed_by": null,
               "actions": ["download", "delete", "pin"]}],
             "quota_used_bytes": 48213, "quota_max_bytes": 524288000, "slots_used": 1, "slots_max": 10,
             "last_backup_at": "2026-11-21T05:00:23.123456Z", "state": "fresh",
             "pagination": {"page": 1, "page_size": 50, "total_count": 1, "total_pages": 1,
                            "has_next": false, "has_prev": false, "next_page": null, "prev_page": null},
             "cursor": null}}\
            """;

    static final String DOWNLOAD =
            """
            {"code": 200, "message": "download ready", "data":
             {"download_url": "https://store.example.org/bucket/i-1/systems/…?X-Amz-Signature=…",
              "expires_in_seconds": 300}}\
            """;

    static final String BACKUP =
            """
            {"code": 200, "message": "backup pinned", "data":
              {"id": "019372c1-2b1f-7c3a-9f00-5b1e0d9c1a2b.gpg", "filename": "backup.gpg", "size": 48213,
               "state": "stored", "pinned": true, "pinned_until": null, "actions": ["download", "unpin"]}}\
            """;

    private Examples() {}
}
