.PHONY: demo test
demo: ; dev/demo.sh
test: ; dev/check.sh
