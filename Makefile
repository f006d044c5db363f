# ocszone, with GNU make.
#
# make               the program: build/release/ocszone, build/ocszone for short
# make check         all tests; VARIANT=san makes and runs them with sanitizers
# make install       program, manuals and templates below $(DESTDIR)$(PREFIX)
# make uninstall     removes what install put there
# make example       makes one of the worked examples anew and shows its zones
# make zones         makes all worked examples in zones/ anew, in their place
# make deps          installs what the build needs (Debian and its kin)
# make deps-check    ... and what the tests need
# make deps-lint     ... and what lint-code, memcheck and fuzz need
# make lint-code     format, static analysis
# make memcheck      the unit tests under valgrind
# make fuzz          the fuzzers, in build/fuzz
# make fuzz-run      runs them all at once for SECONDS
# make bench         measures generate, and reading zones, beside their peers:
#                    tests/bench/README.md
# make deps-bench    ... and what bench needs
# make clean         removes build/

.DELETE_ON_ERROR:
.SUFFIXES:

# --- What may be said on the command line -----------------------------------

# release, debug, or san (address and undefined behaviour sanitizers)
VARIANT := release
BUILD := build/$(VARIANT)
PREFIX := /usr/local
# 1: a warning is an error
WERROR := 0
# 1: shows the commands
V := 0
# for fuzz-run
SECONDS := 60

CFLAGS ?= $(optimize.$(VARIANT))
PKG_CONFIG ?= pkg-config

# --- Sources, by stage, in the order in which the data flows ----------------

base := arena utf8 strbuf text_index source terminal diag suggest file \
	temporary lock output_directory output new_file yaml_tree yaml_merge
dns := escape name name_hash name_index record rare_types rare_mnemonics \
	rare_reader rare_addresses rare_location rare_regexp rare_svcb rare_fields \
	rare_rdata host_names recordset zone_lexer zone_owner zone_rdata \
	zone_record zone_plain zone_directives zone_include zone_generate \
	zone_origin zone_file zone_spot zone_targets zone_check resolver \
	zone_resolver
topology := definitions targets next_hop machines schema values lists load \
	validate validate_names validate_addresses validate_references \
	validate_sip_domains facts facts_hosts facts_servers facts_sign_in \
	facts_edges facts_phones facts_perimeter
plan := templates catalogue expand draft domains base delegation zones \
	perimeter plan report sites explain
write := template inputs serial record_groups zone_records zone_change zone_history \
	zone_proof journal view_listing zone_writer hosts_writer \
	named_conf_writer zone_tree explain_writer results markdown \
	canon_writer sheet_writer windows_writer plan_formats

stage = $(patsubst %,src/$(1)/%.c,$($(1)))
SOURCES := $(foreach folder,base dns topology plan write,\
	$(call stage,$(folder))) src/usage.c src/commands.c src/main.c

# Compiled into the program.
TEMPLATES := $(addprefix templates/,ocs2007.yaml ocs2007r2.yaml zone.head \
	named.conf topology.yaml dnscmd.cmd dnscmd-undo.cmd powershell.ps1 \
	powershell-undo.ps1)

MAN_PAGES := $(wildcard man/*.[1578])
EXAMPLES := $(patsubst %/topology.yaml,%,$(wildcard zones/*/topology.yaml))
UNIT_TESTS := $(wildcard tests/unit/check_*.c)
# Programs that the scripts run.
HELPERS := $(wildcard tests/answer/*.c tests/rewrite/*.c)
# Libraries that they load in front of libc.
PRELOADS := $(wildcard tests/faults/*.c)
SCRIPT_TESTS := $(wildcard tests/test_*.sh)
FUZZERS := $(wildcard tests/fuzz/fuzz_*.c)

# --- Libraries ---------------------------------------------------------------

LIBRARIES := yaml-0.1 jansson libidn2 ldns

# Asked for before anything else is done, by the goals that compile.
goals := $(or $(MAKECMDGOALS),all)
absent = $(strip $(foreach library,$(1),\
	$(shell $(PKG_CONFIG) --exists $(library) 2>&1 || echo $(library))))

ifneq ($(filter-out deps% clean help uninstall lint-code,$(goals)),)
ifeq ($(shell command -v $(PKG_CONFIG)),)
$(error There is no $(PKG_CONFIG): `make deps` installs what the build needs)
endif
ifneq ($(call absent,$(LIBRARIES)),)
$(error Not found by $(PKG_CONFIG): $(call absent,$(LIBRARIES)). \
	`make deps` installs what the build needs)
endif
library_cflags := $(shell $(PKG_CONFIG) --cflags $(LIBRARIES))
library_libs := $(shell $(PKG_CONFIG) --libs $(LIBRARIES))
endif

ifneq ($(filter check memcheck unit-programs,$(goals)),)
ifneq ($(call absent,check),)
$(error Not found by $(PKG_CONFIG): check. \
	`make deps-check` installs what the tests need)
endif
check_cflags := $(shell $(PKG_CONFIG) --cflags check)
check_libs := $(shell $(PKG_CONFIG) --libs check)
endif

# --- Flags -------------------------------------------------------------------

optimize.release := -O2 -g
optimize.debug := -O0 -g3
optimize.san := -O1 -g
optimize.fuzz := -O1 -g

sanitize := -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
compile.release := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 \
	-fstack-protector-strong -fPIE
compile.san := $(sanitize)
compile.fuzz := $(sanitize) -fsanitize=fuzzer-no-link

link.release := -pie -Wl,-z,relro,-z,now
link.san := $(sanitize)
link.fuzz := $(sanitize) -fsanitize=fuzzer

ifeq ($(optimize.$(VARIANT)),)
$(error VARIANT is release, debug or san, not '$(VARIANT)')
endif

LANGUAGE := -std=c17 -D_GNU_SOURCE -Isrc
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow
compile = $(CC) $(LANGUAGE) $(WARNINGS) $(if $(filter 1,$(WERROR)),-Werror) \
	-ffile-prefix-map=$(CURDIR)=. -MMD -MP $(compile.$(VARIANT)) \
	$(CFLAGS) $(CPPFLAGS) $(library_cflags)
link = $(CC) $(CFLAGS) $(link.$(VARIANT)) $(LDFLAGS)

# Shows "CC src/base/arena.c", or with V=1 the command itself.
say = $(if $(filter 1,$(V)),,@printf '%-4s %s\n' $(1);)

# --- The program -------------------------------------------------------------

PROGRAM := $(BUILD)/ocszone
LIBRARY := $(BUILD)/libocszone.a
FLAGS := $(BUILD)/flags
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/%.o)

.PHONY: all
all: $(PROGRAM)
	@mkdir -p build
	@ln -sfn $(PROGRAM:build/%=%) build/ocszone

$(PROGRAM): $(BUILD)/main.o $(LIBRARY)
	$(call say,LINK $@) $(link) -o $@ $^ $(library_libs)

# Holds the commands of the compiler and changes only when they do: another
# VARIANT, or other CFLAGS, make anew what was made with others.
.PHONY: flags-now
$(FLAGS): flags-now
	@mkdir -p $(@D)
	@printf '%s\n' $(call quote,$(compile)) $(call quote,$(link)) >$@.now
	@if cmp -s $@.now $@; then rm $@.now; else mv $@.now $@; fi
quote = '$(subst ','\'',$(1))'

# All but main.c, for the tests and the fuzzers, too.
$(LIBRARY): $(filter-out $(BUILD)/main.o,$(OBJECTS)) $(BUILD)/templates.o
	$(call say,AR $@) rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: src/%.c $(FLAGS) Makefile
	@mkdir -p $(@D)
	$(call say,CC $<) $(compile) -c -o $@ $<

$(BUILD)/templates.o: $(BUILD)/templates.c $(FLAGS) Makefile
	$(call say,CC $<) $(compile) -c -o $@ $<

# An array for each template, with a NUL behind it, and one table of them.
$(BUILD)/templates.c: $(TEMPLATES) Makefile
	@mkdir -p $(@D)
	$(call say,GEN $@) { \
	echo '#include "plan/templates.h"'; \
	number=0; for template in $(TEMPLATES); do number=$$((number + 1)); \
		echo "static const unsigned char bytes_$$number[] = {"; \
		od -An -v -tx1 $$template | sed 's/ \(..\)/0x\1,/g'; \
		echo '0};'; \
	done; \
	echo 'const struct builtin_template builtin_templates[] = {'; \
	number=0; for name in $(notdir $(TEMPLATES)); do number=$$((number + 1)); \
		echo "{\"$$name\", bytes_$$number, sizeof(bytes_$$number) - 1},"; \
	done; \
	echo '{0}};'; } >$@

# --- Tests -------------------------------------------------------------------

UNIT_PROGRAMS := $(UNIT_TESTS:tests/%.c=$(BUILD)/%)
HELPER_PROGRAMS := $(HELPERS:tests/%.c=$(BUILD)/%)
PRELOAD_LIBRARIES := $(PRELOADS:tests/%.c=$(BUILD)/%.so)
run = OCSZONE=$(abspath $(PROGRAM)) BUILD=$(abspath $(BUILD)) CC=$(CC) \
	tests/run.sh

.PHONY: check memcheck unit-programs
check: all unit-programs $(HELPER_PROGRAMS) $(PRELOAD_LIBRARIES)
	@$(run) $(UNIT_PROGRAMS) $(SCRIPT_TESTS)

memcheck: unit-programs
	@CK_DEFAULT_TIMEOUT=900 WRAPPER='valgrind -q --leak-check=full --error-exitcode=99' \
		$(run) $(UNIT_PROGRAMS)

unit-programs: $(UNIT_PROGRAMS)

$(BUILD)/unit/%: tests/unit/%.c $(LIBRARY) $(FLAGS) Makefile
	@mkdir -p $(@D)
	$(call say,TEST $<) $(compile) $(check_cflags) \
		$(link.$(VARIANT)) $(LDFLAGS) \
		-o $@ $< $(LIBRARY) $(library_libs) $(check_libs)

# What stands in front of libc is made without the variants' flags: they would
# put functions of their own in front of it, too.
$(PRELOAD_LIBRARIES): $(BUILD)/%.so: tests/%.c $(FLAGS) Makefile
	@mkdir -p $(@D)
	$(call say,CC $<) $(CC) $(LANGUAGE) $(WARNINGS) \
		$(if $(filter 1,$(WERROR)),-Werror) -MMD -MP -O1 -g \
		-U_FORTIFY_SOURCE -fPIC -shared -o $@ $<

# --- Fuzzing -----------------------------------------------------------------

FUZZ_PROGRAMS := $(FUZZERS:tests/fuzz/%.c=build/fuzz/%)
# The test data are the seeds; what was found on the way is kept beside it.
FUZZ_SEEDS := $(wildcard tests/topology tests/zones tests/lint zones templates)

.PHONY: fuzz fuzz-run fuzz-programs
fuzz:
	@$(MAKE) --no-print-directory VARIANT=fuzz CC=clang fuzz-programs

fuzz-run: fuzz
	@tests/fuzz/run.sh $(SECONDS) $(FUZZ_PROGRAMS) -- $(FUZZ_SEEDS)

fuzz-programs: $(FUZZ_PROGRAMS)

build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(LIBRARY) $(FLAGS) Makefile
	@mkdir -p $(@D)
	$(call say,FUZZ $<) $(compile) $(link.fuzz) $(LDFLAGS) \
		-o $@ $< $(LIBRARY) $(library_libs)

# --- Benchmark ---------------------------------------------------------------

BENCH_PROGRAMS := $(patsubst tests/%.c,$(BUILD)/%,$(wildcard tests/bench/*.c))

.PHONY: bench
bench: all $(BENCH_PROGRAMS)
	@OCSZONE=$(PROGRAM) BENCH=$(BUILD)/bench tests/bench/generate.sh
	@OCSZONE=$(PROGRAM) BENCH=$(BUILD)/bench tests/bench/zones.sh

# A child inherits the peak memory of who starts it: nothing is linked in vain.
$(BENCH_PROGRAMS) $(HELPER_PROGRAMS): $(BUILD)/%: tests/%.c $(LIBRARY) $(FLAGS) \
		Makefile
	@mkdir -p $(@D)
	$(call say,CC $<) $(compile) $(link.$(VARIANT)) $(LDFLAGS) \
		-Wl,--as-needed -o $@ $< $(LIBRARY) $(library_libs)

# --- Static analysis ---------------------------------------------------------

.PHONY: lint-code
lint-code:
	@LANGUAGE='$(LANGUAGE)' tests/lint_code.sh

# --- Worked examples ---------------------------------------------------------

# An example is a topology and, beside it, all that follows from it: zones, the
# reasons in explain.txt and, where anything is said, messages.txt.
.PHONY: zones example
zones: all
	@for example in $(EXAMPLES); do \
		topology=$$example/topology.yaml; \
		rm -f $$example/messages.txt; \
		$(PROGRAM) generate --serial=1 $$topology -o $$example \
			2>$(BUILD)/messages.txt || \
			{ cat $(BUILD)/messages.txt; exit 1; }; \
		if [ -s $(BUILD)/messages.txt ]; then \
			mv $(BUILD)/messages.txt $$example/messages.txt; fi; \
		$(PROGRAM) explain $$topology >$(BUILD)/explain.txt && \
		mv $(BUILD)/explain.txt $$example/explain.txt || exit; \
	done

example: all
	@rm -rf build/example
	@$(PROGRAM) generate --serial=1 zones/company/topology.yaml \
		-o build/example
	@echo 'What zones/company/topology.yaml asks of DNS, in build/example:'
	@for zone in build/example/*/*.zone; do \
		printf '\n==> %s <==\n' $$zone; cat $$zone; \
	done

# --- Installation ------------------------------------------------------------

bin := $(DESTDIR)$(PREFIX)/bin
man := $(DESTDIR)$(PREFIX)/share/man
data := $(DESTDIR)$(PREFIX)/share/ocszone

.PHONY: install uninstall
install: all
	install -D -m 755 $(PROGRAM) $(bin)/ocszone
	for page in $(MAN_PAGES:man/%=%); do \
		install -D -m 644 man/$$page $(man)/man$${page##*.}/$$page || exit; \
	done
	for template in $(TEMPLATES); do \
		install -D -m 644 $$template $(data)/$$template || exit; \
	done

uninstall:
	rm -f $(bin)/ocszone
	for page in $(MAN_PAGES:man/%=%); do \
		rm -f $(man)/man$${page##*.}/$$page; \
	done
	rm -rf $(data)

# --- The rest ----------------------------------------------------------------

.PHONY: deps deps-check deps-lint deps-bench clean help
deps:
	@tests/deps.sh build
deps-check:
	@tests/deps.sh build check
deps-lint:
	@tests/deps.sh build check lint
deps-bench:
	@tests/deps.sh build bench

clean:
	rm -rf build

help:
	@sed -n 's/^# make /make /p' Makefile

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
