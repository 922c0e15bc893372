package coffer.fleet.organizations;

/** What the OpenAPI document shows. */
final class Examples {

    static final String NEW =
            """
            {"name": "Rossi Impianti", "type": "customer", "parent_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e0b1"}\
            """;

    static final String ORGANIZATION =
            """
            {"code": 200, "message": "organization found", "data":
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Rossi Impianti", "type": "customer",
              "parent_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e0b1", "status": "active",
              "suspended": false, "suspended_at": null, "deleted": false, "deleted_at": null,
              "created_at": "2026-11-20T08:00:00.000000Z", "held": false, "erasing": false,
              "policy": {"quota_bytes": 10737418240, "max_backups": null, "max_bytes": null,
                         "ciphertext": "inherit", "downloads": "inherit"},
              "actions": ["rename", "set-policy", "suspend", "move", "delete", "hold"]}}\
            """;

    static final String LIST =
            """
            {"code": 200, "message": "organizations listed", "data": {"organizations": [
              {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Rossi Impianti", "type": "customer",
               "parent_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e0b1", "status": "active",
               "suspended": false, "suspended_at": null, "deleted": false, "deleted_at": null,
               "created_at": "2026-11-20T08:00:00.000000Z", "held": false, "erasing": false,
               "policy": {"quota_bytes": null, "max_backups": null, "max_bytes": null,
                          "ciphertext": "inherit", "downloads": "inherit"},
               "actions": ["rename", "set-policy", "suspend", "move", "delete"]}],
             "pagination": {"page": 1, "page_size": 50, "total_count": 1, "total_pages": 1,
                            "has_next": false, "has_prev": false, "next_page": null, "prev_page": null}}}\
            """;

    static final String USAGE =
            """
            {"code": 200, "message": "usage found", "data":
             {"organization_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e0b1", "quota_bytes": 107374182400,
              "usual_quota_bytes": 107374182400, "usage":
              {"own": {"live_bytes": 0, "reserved_bytes": 0, "trash_bytes": 0, "systems": 0, "backups": 0},
               "subtree": {"live_bytes": 481023456, "reserved_bytes": 0, "trash_bytes": 1024, "systems": 12, "backups": 97}}}}\
            """;

    static final String POLICY =
            """
            {"quota_bytes": 10737418240, "max_backups": 20, "max_bytes": 1073741824,
             "ciphertext": "demand", "downloads": "restricted"}\
            """;

    static final String EFFECTIVE =
            """
            {"code": 200, "message": "policy found", "data":
             {"quota_bytes": {"value": 10737418240, "source": "own",
                              "organization_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000",
                              "organization_name": "Rossi Impianti"},
              "max_backups": {"value": 20, "source": "above",
                              "organization_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e0b1",
                              "organization_name": "Nord Servizi"},
              "max_bytes": {"value": 524288000, "source": "default", "organization_id": null,
                            "organization_name": null},
              "ciphertext": {"value": "demand", "source": "above", "organization_id": null,
                             "organization_name": null},
              "downloads": {"value": "all", "source": "default", "organization_id": null,
                            "organization_name": null}}}\
            """;

    static final String HOLDS =
            """
            {"code": 200, "message": "hold set", "data": {"holds": [
              {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e777", "reason": "case 12/2026",
               "set_by": "user:019aa4d2-3b1c-7d11-9c2e-0f6a54c1e001",
               "set_by_organization_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e0b1",
               "set_at": "2026-11-21T05:06:07.123456Z", "liftable": true}]}}\
            """;

    static final String MOVE =
            """
            {"parent_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e0b2"}\
            """;

    static final String NAME =
            """
            {"name": "Rossi Impianti srl"}\
            """;

    static final String REASON =
            """
            {"reason": "case 12/2026"}\
            """;

    private Examples() {}
}
