package coffer.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    @ParameterizedTest
    @CsvSource({
        "/api/systems/backups, /api/systems/backups",
        "/api/systems/backups/, /api/systems/backups",
        "/collect/api/systems/backups, /api/systems/backups",
        "/backend/api/systems/backups/, /api/systems/backups",
        "/backend/api, /api",
        "/collect/apis, /collect/apis",
        "/collect/api/backend/api/x, /api/backend/api/x",
        "/enterprise/api/v2/backup/, /api/legacy/v2/backup",
        "/community/api/v2/backup/a.gpg, /api/legacy/v2/backup/a.gpg",
        "/enterprise/api/v2/backups, /enterprise/api/v2/backups",
        "/proxy/backup/, /api/legacy/proxy/backup",
        "/proxy/heartbeat, /api/systems/heartbeat",
        "/proxy/inventory/, /api/systems/inventory",
        "/isa/heartbeats/store, /api/legacy/isa/heartbeats/store",
        "/backup, /api/legacy/nethbackup",
        "/backups, /backups",
        "/api/a%20b, /api/a%20b",
        "/, /"
    })
    void a_path_has_one_canonical_form(String raw, String canonical) {
        assertThat(Route.canonical(raw)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/systems;x/backups",
                "/api/systems%3bx/backups",
                "/api/systems%2Fbackups",
                "/api/systems%252fbackups",
                "/api/systems%5cbackups",
                "/api/systems\\backups",
                "/api//systems",
                "/api/systems//",
                "//api/systems",
                "/api/../systems",
                "/api/%2e%2E/systems",
                "/api/./systems",
                "/api/systems/..",
                "/api/%00",
                "*",
                ""
            })
    void a_path_that_can_be_read_in_two_ways_is_no_route(String raw) {
        assertThat(Route.canonical(raw)).isEmpty();
    }
}
