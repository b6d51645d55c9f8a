package io.github.loopguard.report.file;

import java.lang.reflect.Executable;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Makes a member of JSON required unless its component in the record is marked as
 * nullable.
 *
 * @since 0.1
 */
public final class NullMarkedRecords extends JacksonAnnotationIntrospector {

	private static final long serialVersionUID = 1L;

	@Override
	public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
		JsonSetter.Value declared = super.findSetterInfo(config, annotated);
		boolean isRequired = annotated instanceof AnnotatedParameter parameter
				&& declared.nonDefaultValueNulls() == null && !isNullable(parameter);
		return isRequired ? declared.withValueNulls(Nulls.FAIL) : declared;
	}

	private static boolean isNullable(AnnotatedParameter parameter) {
		return parameter.getOwner().getMember() instanceof Executable creator
				&& creator.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(Nullable.class);
	}

}
