package io.github.loopguard.benchmarks.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Ratios of pairs that were measured one right after the other. Their mean is that of
 * their logarithms, and its bounds are those of Student's distribution.
 */
final class Ratios {

	/** The 97.5th percentile of the normal distribution. */
	private static final double Z = 1.959964;

	private final List<Double> logarithms = new ArrayList<>();

	void add(double value, double reference) {
		this.logarithms.add(Math.log(value / reference));
	}

	double mean() {
		return Math.exp(average());
	}

	/**
	 * Returns the upper end of the interval in which the mean is with a probability of 95
	 * %.
	 */
	double upperBound() {
		return Math.exp(average() + margin());
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%.3f, 95 %% from %.3f to %.3f, %d pairs", mean(),
				Math.exp(average() - margin()), upperBound(), this.logarithms.size());
	}

	private double average() {
		return stream().average().orElse(Double.NaN);
	}

	private double margin() {
		double average = average();
		int freedom = this.logarithms.size() - 1;
		double variance = stream().map((value) -> (value - average) * (value - average)).sum() / freedom;
		return student(freedom) * Math.sqrt(variance / this.logarithms.size());
	}

	/**
	 * Returns the 97.5th percentile of Student's distribution, which this series gives to
	 * three digits from five degrees of freedom on.
	 */
	private static double student(int freedom) {
		double cube = Z * Z * Z;
		double fifth = cube * Z * Z;
		return Z + (cube + Z) / (4 * freedom) + (5 * fifth + 16 * cube + 3 * Z) / (96d * freedom * freedom)
				+ (3 * fifth * Z * Z + 19 * fifth + 17 * cube - 15 * Z) / (384d * freedom * freedom * freedom);
	}

	private DoubleStream stream() {
		return this.logarithms.stream().mapToDouble(Double::doubleValue);
	}

}
