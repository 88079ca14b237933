select '{{ target.name | uper }}' as target
