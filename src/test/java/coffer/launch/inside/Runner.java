package coffer.launch.inside;

import jakarta.servlet.annotation.WebServlet;

import org.jboss.arquillian.protocol.servlet5.runner.ServletTestRunner;

/** Arquillian's servlet, declared here because the WAR reads no fragments of libraries. */
@WebServlet(name = NodeContainer.RUNNER, urlPatterns = "/" + NodeContainer.RUNNER)
public class Runner extends ServletTestRunner {

    private static final long serialVersionUID = 1L;
}
