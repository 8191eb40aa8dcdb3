/** The way in: {@code Koine} for a program, {@code KoineModule} for one that uses Guice. */
package dev.koine.core;
