/** The dialect {@code openai-bare}. */
package dev.koine.openai.bare;
