package com.acme;

import java.io.PrintWriter;

import org.junit.Assert;
import org.junit.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs all tests of a module by JUnit's launcher, which this Gradle does not know.
 */
public class AllTests {

	@Test
	public void all() {
		Assert.assertEquals("as the build script says", "true", System.getProperty("jdk.attach.allowAttachSelf"));
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectPackage("com.acme"))
			.build();
		try (LauncherSession session = LauncherFactory.openSession()) {
			session.getLauncher().execute(request, listener);
		}
		listener.getSummary().printFailuresTo(new PrintWriter(System.out, true));
		Assert.assertEquals("failures", 0, listener.getSummary().getTotalFailureCount());
	}

}
