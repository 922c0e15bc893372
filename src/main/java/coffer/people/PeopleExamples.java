package coffer.people;

/** Examples for the OpenAPI document that more than one endpoint shows. */
final class PeopleExamples {

    static final String SIGNED_IN =
            """
            {"code": 200, "message": "signed in", "data":
             {"token": "eyJraWQiOiI...", "refresh_token": "cor_019aa4d23b1c7d119c2e0f6a54c1e0aa.0.9f86d08...",
              "expires_in": 900, "user":
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010", "username": "anna", "name": "Anna Rossi",
              "email": "anna@example.org", "locale": "it", "roles": ["admin"],
              "organization": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Reseller", "type": "reseller"},
              "identity": null, "disabled": false, "disabled_at": null, "password_must_change": false,
              "created_at": "2026-11-21T05:06:07.123456Z", "actions": []}}}\
            """;

    static final String USER =
            """
            {"code": 200, "message": "user retrieved", "data":
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010", "username": "anna", "name": "Anna Rossi",
              "email": "anna@example.org", "locale": "it", "roles": ["admin"],
              "organization": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Reseller", "type": "reseller"},
              "identity": null, "disabled": false, "disabled_at": null, "password_must_change": false,
              "created_at": "2026-11-21T05:06:07.123456Z",
              "actions": ["update", "disable", "reset_password", "delete"]}}\
            """;

    static final String USERS =
            """
            {"code": 200, "message": "users listed", "data": {"users": [
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010", "username": "anna", "name": "Anna Rossi",
              "email": "anna@example.org", "locale": "it", "roles": ["admin"],
              "organization": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Reseller", "type": "reseller"},
              "identity": null, "disabled": false, "disabled_at": null, "password_must_change": false,
              "created_at": "2026-11-21T05:06:07.123456Z", "actions": ["update"]}],
             "pagination": {"page": 1, "page_size": 50, "total_count": 1, "total_pages": 1,
              "has_next": false, "has_prev": false, "next_page": null, "prev_page": null}}}\
            """;

    static final String ME =
            """
            {"code": 200, "message": "caller retrieved", "data": {"user":
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010", "username": "anna", "name": "Anna Rossi",
              "email": "anna@example.org", "locale": "it", "roles": ["reader"],
              "organization": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Reseller", "type": "reseller"},
              "identity": null, "disabled": false, "disabled_at": null, "password_must_change": false,
              "created_at": "2026-11-21T05:06:07.123456Z", "actions": []},
             "permissions": ["organizations:read", "users:read", "systems:read", "backups:read", "backups:download"],
             "api_key_id": null}}\
            """;

    static final String REFRESHED =
            """
            {"code": 200, "message": "token refreshed", "data":
             {"token": "eyJraWQiOiI...", "refresh_token": "cor_019aa4d23b1c7d119c2e0f6a54c1e0aa.1.60303ae...",
              "expires_in": 900, "user":
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010", "username": "anna", "name": "Anna Rossi",
              "email": "anna@example.org", "locale": "it", "roles": ["admin"],
              "organization": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Reseller", "type": "reseller"},
              "identity": null, "disabled": false, "disabled_at": null, "password_must_change": false,
              "created_at": "2026-11-21T05:06:07.123456Z", "actions": []}}}\
            """;

    static final String CREATED =
            """
            {"code": 201, "message": "user created", "data": {"user":
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010", "username": "anna", "name": "Anna Rossi",
              "email": "anna@example.org", "locale": "it", "roles": ["admin"],
              "organization": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Reseller", "type": "reseller"},
              "identity": null, "disabled": false, "disabled_at": null, "password_must_change": true,
              "created_at": "2026-11-21T05:06:07.123456Z", "actions": ["update", "disable", "reset_password", "delete"]},
             "initial_password": "3f1d0c9a7b5e2846f0a1c3d5"}}\
            """;

    static final String UPDATED =
            """
            {"code": 200, "message": "user updated", "data":
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010", "username": "anna", "name": "Anna Rossi",
              "email": "anna@example.org", "locale": "it", "roles": ["admin"],
              "organization": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Reseller", "type": "reseller"},
              "identity": null, "disabled": false, "disabled_at": null, "password_must_change": false,
              "created_at": "2026-11-21T05:06:07.123456Z", "actions": ["update", "disable", "reset_password", "delete"]}}\
            """;

    static final String ME_UPDATED =
            """
            {"code": 200, "message": "caller updated", "data": {"user":
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010", "username": "anna", "name": "Anna Rossi",
              "email": "anna@example.org", "locale": "it", "roles": ["admin"],
              "organization": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Reseller", "type": "reseller"},
              "identity": null, "disabled": false, "disabled_at": null, "password_must_change": false,
              "created_at": "2026-11-21T05:06:07.123456Z", "actions": []},
             "permissions": ["organizations:read", "users:read", "systems:read", "backups:read", "backups:download"],
             "api_key_id": null}}\
            """;

    static final String PASSWORD_CHANGED =
            """
            {"code": 200, "message": "password changed", "data": null}\
            """;

    static final String SIGNED_OUT =
            """
            {"code": 200, "message": "signed out", "data": null}\
            """;

    static final String DELETED =
            """
            {"code": 200, "message": "user deleted", "data": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010"}}\
            """;

    static final String ID_TOKEN =
            """
            {"id_token": "eyJraWQiOiI..."}\
            """;

    static final String REFRESH =
            """
            {"refresh_token": "cor_019aa4d23b1c7d119c2e0f6a54c1e0aa.0.9f86d08..."}\
            """;

    static final String PROFILE =
            """
            {"name": "Anna Rossi", "locale": "en"}\
            """;

    static final String PASSWORDS =
            """
            {"current_password": "correct horse battery", "new_password": "staple of another horse"}\
            """;

    static final String NEW_ROLES =
            """
            {"roles": ["support"], "disabled": false}\
            """;

    private PeopleExamples() {}
}
