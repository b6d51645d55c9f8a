package io.github.loopguard.autoconfigure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ResourceUtils;

import io.github.loopguard.autoconfigure.BaselineProperties.Mode;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.report.baseline.BaselineException;
import io.github.loopguard.report.baseline.BaselineText;

/**
 * Reads the baseline that an application tolerates.
 */
final class ApplicationBaseline {

	private static final String LOCATION = "loopguard.baseline.location";

	private ApplicationBaseline() {
	}

	/**
	 * Reads the baseline, unless none is configured or the mode is off. Not read under
	 * test, because tests check all violations against their own baseline.
	 * @throws InvalidExtensionException if the baseline cannot be read
	 */
	static Baseline read(LoopguardProperties properties, LoopguardProfile profile, ResourceLoader loader) {
		String location = properties.getBaseline().getLocation();
		if (location == null || location.isBlank() || properties.getBaseline().getMode() == Mode.OFF
				|| profile == LoopguardProfile.TEST) {
			return Baseline.NONE;
		}
		Resource resource = ResourceUtils.isUrl(location) ? loader.getResource(location)
				: new FileSystemResource(location);
		try {
			return BaselineText.read(location, resource.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (FileNotFoundException ex) {
			throw new InvalidExtensionException(LOCATION, location, "names no file",
					"A path is relative to the working directory. Write classpath:loopguard-baseline.json for a file "
							+ "in the application's jar, or remove the property.");
		}
		catch (BaselineException ex) {
			throw new InvalidExtensionException(LOCATION, location,
					"cannot be read" + ((ex.line() > 0) ? ", line " + ex.line() : "") + ": " + ex.reason(),
					"Correct the file, or set loopguard.baseline.mode=off to start without it.");
		}
		catch (IOException ex) {
			throw new InvalidExtensionException(LOCATION, location, "cannot be read: " + ex,
					"Correct the file, or set loopguard.baseline.mode=off to start without it.");
		}
	}

}
