package coffer.id;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Only a signed-in person, or their API key, with all of these permissions gets in; with none
 * listed, anyone signed in. {@link CurrentCaller#person} says who. Where the thing stands is for
 * the face to decide, by {@link Visibility}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Permitted {
    /** All are needed. */
    Permission[] value();
}
