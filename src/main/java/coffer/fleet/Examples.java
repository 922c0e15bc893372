package coffer.fleet;

/** What the OpenAPI document shows. */
final class Examples {

    static final String NEW =
            """
            {"organization_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "fw-milano-1",
             "type": "firewall", "fqdn": "fw-milano-1.example.org"}\
            """;

    static final String MADE =
            """
            {"code": 201, "message": "system created", "data":
             {"system_key": "NETH-1A2B-3C4D-5E6F-7081-92A3-B4C5-D6E7-F809",
              "system_secret": "cof_0123456789abcdef0123.0123456789abcdef0123456789abcdef01234567",
              "system": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e001", "name": "fw-milano-1"}}}\
            """;

    static final String SYSTEM =
            """
            {"code": 200, "message": "system found", "data":
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e001",
              "system_key": "NETH-1A2B-3C4D-5E6F-7081-92A3-B4C5-D6E7-F809",
              "name": "fw-milano-1", "type": "firewall", "fqdn": "fw-milano-1.example.org",
              "organization": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Rossi Impianti", "type": "customer"},
              "status": "active", "backup_state": "fresh", "suspended": false, "suspended_at": null,
              "suspended_above": false, "deleted": false, "deleted_at": null,
              "registered": true, "registered_at": "2026-11-20T08:05:00.000000Z", "reissued": false, "held": false,
              "created_at": "2026-11-20T08:00:00.000000Z", "last_heartbeat": "2026-11-21T05:06:07.123456Z",
              "last_inventory": "2026-11-21T04:00:00.000000Z", "last_backup_at": "2026-11-21T02:00:00.000000Z",
              "cadence_seconds": null, "learned_cadence_seconds": 86400,
              "last_legacy_protocol": null, "last_legacy_at": null,
              "usage": {"backups": 7, "bytes": 340112, "trashed_backups": 1, "trashed_bytes": 48000},
              "actions": ["update", "suspend", "regenerate-secret", "reissue", "reassign", "delete", "list-backups"]}}\
            """;

    static final String LIST =
            """
            {"code": 200, "message": "systems listed", "data": {"systems": [
              {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e001", "name": "fw-milano-1", "status": "active",
               "backup_state": "late"}],
             "pagination": {"page": 1, "page_size": 50, "total_count": 1, "total_pages": 1,
                            "has_next": false, "has_prev": false, "next_page": null, "prev_page": null}}}\
            """;

    static final String UPDATE =
            """
            {"name": "fw-milano-1", "type": "firewall", "fqdn": "fw-milano-1.example.org", "cadence_seconds": 604800}\
            """;

    static final String OVERLAP =
            """
            {"overlap_seconds": 3600}\
            """;

    static final String SECRET =
            """
            {"code": 200, "message": "secret regenerated", "data":
             {"system_key": "NETH-1A2B-3C4D-5E6F-7081-92A3-B4C5-D6E7-F809",
              "system_secret": "cof_0123456789abcdef0123.0123456789abcdef0123456789abcdef01234567",
              "overlap_seconds": 3600}}\
            """;

    static final String REASSIGN =
            """
            {"organization_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e0b2"}\
            """;

    static final String REASON =
            """
            {"reason": "case 12/2026"}\
            """;

    static final String HOLDS =
            """
            {"code": 200, "message": "hold set", "data": {"holds": [
              {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e777", "reason": "case 12/2026",
               "set_by": "user:019aa4d2-3b1c-7d11-9c2e-0f6a54c1e001",
               "set_by_organization_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e0b1",
               "set_at": "2026-11-21T05:06:07.123456Z", "liftable": true}]}}\
            """;

    private Examples() {}
}
