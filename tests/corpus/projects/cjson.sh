# SPDX-License-Identifier: GPL-3.0-or-later
# cJSON: CMake and its tests, many warnings as errors
package=cjson
sample=yes
functions=180
needs="cmake ctest"

setup() {
    cmake -S . -B out -DENABLE_CJSON_UTILS=ON
}

build() {
    cmake --build out -j2
}

check() {
    (cd out && ctest) | sed -n 's/.*\(Test *#[0-9]*: [^ ]*\) .*\(Passed\|Failed\|\*\*\*.*\) .*/\1 \2/p'
    return "${PIPESTATUS[0]}"
}

work() {
    out/cJSON_test
    cd out/tests
    for test in *_tests *_test; do
        [ ! -x "$test" ] || "./$test"
    done
}
