select '{{ env_var('SHOP_COUNTRY') }}' as country
