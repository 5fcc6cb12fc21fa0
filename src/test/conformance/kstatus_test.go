// What Flux, and whoever else waits by kstatus, makes of a MySQL.
package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const samples = "../../../argocd/resource_customizations/otus.homework/MySQL/testdata"

// A database is current when it answers and the operator has looked at the last edit. kstatus knows no condition but
// Ready, so one that serves while a change is made or refused is current, too.
var expected = map[string]status.Status{
	"without-status":             status.CurrentStatus, // Never so in a cluster: see TestTheDefinitionGivesAStatus.
	"just-ordered":               status.InProgressStatus,
	"edited":                     status.InProgressStatus,
	"starting":                   status.InProgressStatus,
	"restoring":                  status.InProgressStatus,
	"restore-failed":             status.InProgressStatus,
	"serving":                    status.CurrentStatus,
	"serving-restored-rows":      status.CurrentStatus,
	"nothing-to-restore":         status.CurrentStatus,
	"not-answering":              status.InProgressStatus,
	"no-such-image":              status.InProgressStatus,
	"paused":                     status.CurrentStatus,
	"password-changing":          status.CurrentStatus,
	"password-changed":           status.CurrentStatus,
	"password-refused":           status.CurrentStatus,
	"image-checked":              status.CurrentStatus,
	"image-refused":              status.CurrentStatus,
	"image-changing":             status.InProgressStatus,
	"image-changed-and-starting": status.InProgressStatus,
	"volume-cannot-grow":         status.CurrentStatus,
	"data-claim-deleted":         status.CurrentStatus,
	"restart-pending":            status.CurrentStatus,
	"restarting":                 status.CurrentStatus,
}

func TestStatus(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(samples, "*.yaml"))
	if err != nil || len(files) != len(expected) {
		t.Fatalf("%d samples in %s, but %d are expected: name each new one here", len(files), samples, len(expected))
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			assertStatus(t, load(t, file), expected[name])
		})
	}
}

func TestADeletedOneIsTerminating(t *testing.T) {
	mysql := load(t, filepath.Join(samples, "serving.yaml"))
	if err := unstructured.SetNestedField(mysql.Object, "2026-11-25T12:00:00Z", "metadata", "deletionTimestamp"); err != nil {
		t.Fatal(err)
	}
	assertStatus(t, mysql, status.TerminatingStatus)
}

// Without a status, kstatus would take a MySQL for current before the operator has seen it.
func TestTheDefinitionGivesAStatus(t *testing.T) {
	given, found, err := unstructured.NestedMap(version(t), "schema", "openAPIV3Schema", "properties", "status", "default")
	if err != nil || !found {
		t.Fatal("the definition gives a new object no status", err)
	}
	mysql := load(t, filepath.Join(samples, "without-status.yaml"))
	mysql.Object["status"] = given
	assertStatus(t, mysql, status.InProgressStatus)
}

func assertStatus(t *testing.T, mysql *unstructured.Unstructured, expected status.Status) {
	t.Helper()
	result, err := status.Compute(mysql)
	if err != nil {
		t.Fatal(err)
	}
	if result.Status != expected {
		t.Errorf("is %s (%s), not %s", result.Status, result.Message, expected)
	}
}

// The one version that the definition has.
func version(t *testing.T) map[string]any {
	t.Helper()
	definition := load(t, "../../../kustomize/base/crd/mysqls.otus.homework.yaml")
	versions, _, err := unstructured.NestedSlice(definition.Object, "spec", "versions")
	if err != nil || len(versions) != 1 {
		t.Fatal("the definition has not one version", err)
	}
	return versions[0].(map[string]any)
}

func load(t *testing.T, file string) *unstructured.Unstructured {
	t.Helper()
	json, err := yaml.YAMLToJSON([]byte(read(t, file)))
	if err != nil {
		t.Fatal(err)
	}
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(json); err != nil {
		t.Fatal(err)
	}
	return object
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
