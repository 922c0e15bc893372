package coffer.ui;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;

/**
 * Makes each view stateless before anything can put something into it. A view says so itself, but
 * it is read only when it is rendered, and by then PrimeFaces would have begun a session for its
 * nonce.
 */
public class StatelessViews extends ViewHandlerWrapper {

    /** For Faces. */
    public StatelessViews(ViewHandler wrapped) {
        super(wrapped);
    }

    @Override
    public UIViewRoot createView(FacesContext context, String viewId) {
        var view = super.createView(context, viewId);
        view.setTransient(true);
        return view;
    }
}
