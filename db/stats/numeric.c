/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/stats/numeric.h"

#include <gsl/gsl_fit.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

static double weighted_mean(const double *w, const double *y, size_t count)
{
    double sum = 0, all = 0;
    for (size_t i = 0; i < count; i++) {
        sum += w[i] * y[i];
        all += w[i];
    }
    return sum / all;
}

void numeric_line(const double *x, const double *w, const double *y, size_t count, double c[2])
{
    double cov00, cov01, cov11, chisq;
    gsl_fit_wlinear(x, 1, w, 1, y, 1, count, &c[0], &c[1], &cov00, &cov01, &cov11, &chisq);
    if (!isfinite(c[1]) || c[1] < 0) {
        c[0] = weighted_mean(w, y, count);
        c[1] = 0;
    } else if (c[0] < 0) {
        c[0] = 0;
        gsl_fit_wmul(x, 1, w, 1, y, 1, count, &c[1], &cov11, &chisq);
    }
}

/* Columns are of very different size (1 and n^3): each is divided by its largest value before it is solved for. */
bool numeric_terms(const double *const *columns, size_t terms, const double *w, const double *y, size_t count,
                   double *c)
{
    if (count < terms || !terms || terms > NUMERIC_TERMS_MAX)
        return false;
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(count, terms);
    gsl_matrix *x = gsl_matrix_alloc(count, terms), *cov = gsl_matrix_alloc(terms, terms);
    gsl_vector *found = gsl_vector_alloc(terms);
    double scale[NUMERIC_TERMS_MAX], chisq;
    for (size_t k = 0; k < terms; k++) {
        scale[k] = 0;
        for (size_t i = 0; i < count; i++)
            scale[k] = fmax(scale[k], fabs(columns[k][i]));
        for (size_t i = 0; i < count; i++)
            gsl_matrix_set(x, i, k, columns[k][i] / (scale[k] > 0 ? scale[k] : 1));
    }
    gsl_vector_const_view weights = gsl_vector_const_view_array(w, count);
    gsl_vector_const_view values = gsl_vector_const_view_array(y, count);
    int rc = gsl_multifit_wlinear(x, &weights.vector, &values.vector, found, cov, &chisq, work);
    for (size_t k = 0; k < terms; k++)
        c[k] = gsl_vector_get(found, k) / (scale[k] > 0 ? scale[k] : 1);
    gsl_vector_free(found);
    gsl_matrix_free(cov);
    gsl_matrix_free(x);
    gsl_multifit_linear_free(work);
    return rc == 0;
}
