"""What tests share: example sources, a scripted web server, nights without the build."""
