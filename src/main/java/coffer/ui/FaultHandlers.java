package coffer.ui;

import coffer.platform.web.RouteFilter;

import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.AbortProcessingException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Answers what goes wrong inside a view as {@link Failures} does. Left alone, Faces and the
 * container would each log every mistyped address with a stack.
 */
public class FaultHandlers extends ExceptionHandlerFactory {

    /** For Faces. */
    public FaultHandlers(ExceptionHandlerFactory wrapped) {
        super(wrapped);
    }

    @Override
    public ExceptionHandler getExceptionHandler() {
        return new Handler(getWrapped().getExceptionHandler());
    }

    private static final class Handler extends ExceptionHandlerWrapper {

        Handler(ExceptionHandler wrapped) {
            super(wrapped);
        }

        @Override
        public void handle() {
            var answered = false;
            for (var events = getUnhandledExceptionQueuedEvents().iterator(); events.hasNext(); ) {
                var thrown = events.next().getContext().getException();
                events.remove();
                if (!answered && !(thrown instanceof AbortProcessingException)) {
                    answer(thrown);
                    answered = true;
                }
            }
        }

        private static void answer(Throwable thrown) {
            var context = FacesContext.getCurrentInstance();
            var request = (HttpServletRequest) context.getExternalContext().getRequest();
            var response = (HttpServletResponse) context.getExternalContext().getResponse();
            try {
                Failures.answer(RouteFilter.route(request), request, response, thrown);
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
            context.responseComplete();
        }
    }
}
