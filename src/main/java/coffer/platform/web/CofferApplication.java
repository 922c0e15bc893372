package coffer.platform.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST API; resources and providers are discovered, wherever their folder is. */
@ApplicationPath("/api")
public class CofferApplication extends Application {}
