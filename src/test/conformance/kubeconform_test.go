package conformance

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yannh/kubeconform/pkg/validator"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Kubeconform knows the schemas of Kubernetes' own kinds from the network alone, so here it has only that of a MySQL, out
// of the definition. The other manifests are asked of a real API server, by InstallationIT.
func TestKubeconform(t *testing.T) {
	conform := kubeconform(t)
	files := glob(t, "../../../kustomize/samples/*.yaml", samples+"/*.yaml", samples+"/../actions/testdata/*.yaml")
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if result := validate(t, conform, read(t, file)); result.Status != validator.Valid {
				t.Errorf("%s: %v", file, result.Err)
			}
		})
	}
}

func TestKubeconformRefuses(t *testing.T) {
	conform := kubeconform(t)
	sample := read(t, "../../../kustomize/samples/mysql-instance.yaml")
	for name, change := range map[string]*strings.Replacer{
		"an unknown field": strings.NewReplacer("spec:\n", "spec:\n  storge: 1Gi\n"),
		"a missing field":  strings.NewReplacer("  image: mysql:9.7\n", ""),
		"a wrong type":     strings.NewReplacer("storage_size: 1Gi", "storage_size: 1"),
		"a wrong value":    strings.NewReplacer("spec:\n", "spec:\n  deletionPolicy: Nothing\n"),
	} {
		t.Run(name, func(t *testing.T) {
			if result := validate(t, conform, change.Replace(sample)); result.Status != validator.Invalid {
				t.Errorf("status is %d, not invalid: %v", result.Status, result.Err)
			}
		})
	}
}

func kubeconform(t *testing.T) validator.Validator {
	t.Helper()
	schema, _, err := unstructured.NestedMap(version(t), "schema", "openAPIV3Schema")
	if err != nil {
		t.Fatal(err)
	}
	forbidOtherFields(schema)
	content, err := json.Marshal(schema)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "mysql.json"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	conform, err := validator.New([]string{folder + "/{{.ResourceKind}}.json"}, validator.Opts{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	return conform
}

// The API server refuses fields that a definition doesn't name; in a JSON schema they are allowed unless it says so.
func forbidOtherFields(schema map[string]any) {
	properties, _ := schema["properties"].(map[string]any)
	for name, field := range properties {
		if name != "metadata" {
			forbidOtherFields(field.(map[string]any))
		}
	}
	if items, ok := schema["items"].(map[string]any); ok {
		forbidOtherFields(items)
	}
	if properties != nil && schema["x-kubernetes-preserve-unknown-fields"] == nil {
		schema["additionalProperties"] = false
	}
}

func validate(t *testing.T, conform validator.Validator, manifest string) validator.Result {
	t.Helper()
	results := conform.Validate("manifest", readCloser{strings.NewReader(manifest)})
	if len(results) != 1 {
		t.Fatalf("%d objects, not 1", len(results))
	}
	return results[0]
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

func glob(t *testing.T, patterns ...string) []string {
	t.Helper()
	var files []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("no files %s: %v", pattern, err)
		}
		files = append(files, found...)
	}
	return files
}
