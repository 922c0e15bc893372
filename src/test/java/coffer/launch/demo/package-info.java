/**
 * The demo that {@code ./mvnw} shows: a tree of organizations with systems and ninety days of
 * history, made through the running server's own interface while the catalogue's time is moved, and
 * removed through it. Nothing of it is in the WAR, and a production catalogue refuses it twice:
 * {@link coffer.launch.demo.DemoClock} asks for the purpose, and the schema lets no production's
 * time be moved.
 */
package coffer.launch.demo;
