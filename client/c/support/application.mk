# SPDX-License-Identifier: Apache-2.0
#
# Builds and signs an application of one file, main.c. A Makefile sets KIT and includes this file.

OPTIONS := $(shell PKG_CONFIG_PATH=$(KIT)/pkgconfig pkg-config --cflags --libs casemate)

main.signed.bin: main.elf
	$(KIT)/bin/casemate-sign $< -o $@

main.elf: main.c $(KIT)/VERSION
	arm-none-eabi-gcc -march=armv8-m.main -mthumb -Os --specs=nano.specs main.c \
		$(KIT)/support/*.c $(OPTIONS) -o $@
