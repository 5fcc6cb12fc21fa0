// The provisioner serves claims of the test cluster with XFS file systems of the asked size,
// each in a file of its own on a loop device.
package main

import (
	"context"
	"flag"
	"os/signal"
	"syscall"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "file that tells how to reach the API server")
	node := flag.String("node", "", "name of the node whose Pods see the volumes")
	folder := flag.String("folder", "", "folder of the volumes")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		klog.Fatal(err)
	}
	config.QPS, config.Burst = 200, 400
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		klog.Fatal(err)
	}
	provisioner, err := newProvisioner(client, *node, fileSystems{*folder})
	if err != nil {
		klog.Fatal(err)
	}
	provisioner.run(ctx)
}
