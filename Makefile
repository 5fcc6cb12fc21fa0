# What people do in this project. `make` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

MVN := mvn --batch-mode --no-transfer-progress -Dstyle.color=never

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

##### Try it

.PHONY: demo
demo: prerequisites usable-cluster ## bring up a cluster (unless KUBECONFIG names one) and run the whole story on it
	@src/demo/story

.PHONY: cluster
cluster: prerequisites ## bring up the test cluster: a real Kubernetes on this machine
	@src/testbed/cluster up

.PHONY: argocd
argocd: prerequisites usable-cluster ## start Argo CD on the test cluster
ifndef KUBECONFIG
	@src/testbed/cluster argocd
endif

.PHONY: cluster-down
cluster-down: ## take the test cluster away
	@src/testbed/cluster down

.PHONY: image
image: prerequisites ## build the operator's image, and load it into the test cluster if that is up
	@src/testbed/cluster image

##### Test it

.PHONY: test
test: check unit it ## run everything: static checks, unit tests, tests on a real cluster

.PHONY: check
check: prerequisites ## check formatting and shell scripts
	@src/build/check

.PHONY: unit
unit: prerequisites ## run the tests that need no cluster
	$(MVN) test
	@echo "Go tests: the test cluster's own programs, and what kstatus and kubeconform make of a MySQL"
	for module in src/testbed/provisioner src/test/conformance; do (cd $$module && go vet ./... && go test ./...); done

# Not `verify`, which would run the unit tests again.
.PHONY: it
it: prerequisites usable-cluster $(if $(or $(findstring Argo,$(IT)),$(if $(IT),,all)),argocd) ## run the tests that need a cluster (*IT), on the one that KUBECONFIG names if it is set; IT=StoryIT runs one class
	@rm -f target/failsafe-reports/failsafe-summary.xml # Failures of an earlier run would count.
	$(MVN) test-compile failsafe:integration-test@in-process failsafe:integration-test@installed failsafe:integration-test@argocd failsafe:verify $(if $(IT),-Dit.test=$(IT))
	@grep --quiet --no-messages '<completed>[1-9]' target/failsafe-reports/failsafe-summary.xml || { echo "No test ran." >&2; exit 1; }

##### Measure it

.PHONY: bench
bench: prerequisites usable-cluster ## measure lives, footprint and archive; takes a quiet machine and a quarter of an hour
	@src/benchmark/all

##### Write it

.PHONY: format
format: prerequisites ## format the Java sources
	$(MVN) --quiet spotless:apply

.PHONY: golden
golden: prerequisites ## write the golden YAML files of the desired objects anew; look at the difference
	$(MVN) test -Dtest='Golden*' -Dgolden.write=true
	git diff --stat -- src/test/resources/golden

.PHONY: prerequisites
prerequisites:
	@src/build/prerequisites

.PHONY: usable-cluster
usable-cluster:
ifndef KUBECONFIG
	@src/testbed/cluster up
else
	@echo "Using the cluster of KUBECONFIG=$(KUBECONFIG)"
endif
