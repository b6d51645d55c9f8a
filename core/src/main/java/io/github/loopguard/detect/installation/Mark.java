package io.github.loopguard.detect.installation;

/**
 * A method that is marked as blocking in BlockHound's builder.
 *
 * @param className binary name of the class
 * @param methodName name of the method
 * @param descriptor its descriptor
 */
public record Mark(String className, String methodName, String descriptor) {

	@Override
	public String toString() {
		return this.className + "#" + this.methodName + this.descriptor;
	}

}
