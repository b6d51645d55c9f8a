package com.example.launcher;

import java.security.Permission;

/**
 * Denies access to private members of BlockHound's builder.
 */
@SuppressWarnings({ "deprecation", "removal" })
public final class LocksReflection extends SecurityManager {

	@Override
	public void checkPermission(Permission permission) {
		if ("suppressAccessChecks".equals(permission.getName())) {
			for (StackTraceElement frame : new Throwable().getStackTrace()) {
				if (frame.getClassName().endsWith(".BuilderTables")) {
					throw new SecurityException("locked");
				}
			}
		}
	}

}
