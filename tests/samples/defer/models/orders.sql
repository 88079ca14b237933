select '{{ target.name }}' as made_in
